"""Reads protocols that others wrote: from text to facts, without database.

The grammar in the order in which it is applied (docs/reading.md tells it at leisure):

1. `sources` gives a file's text; `lines` cuts it into lines and finds the running heads of pages.
2. `profiles` holds what a layout calls its parts: data in profiles/*.toml.
3. `paragraphs` finds the headings of the §§; `headings` says what a heading inside a § is.
4. `names` says what a name is, `sentences` where a sentence ends.
5. `decisions`, `proposals`, `votes`, `reservations` and `references` read one kind of section each;
   `appendices` reads voting lists and attendance, `front` what stands before the first §.
6. `protocol.read` puts all of this together; `checks` compares counts with ballots; `rows` writes it down as
   JSON; `cases` gathers the §§ of one matter from many protocols. `words` says reasons and marks in Swedish,
   and is the only one that needs Django.
"""
