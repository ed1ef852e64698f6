"""The wording of minutes: every Swedish sentence a paragraph is made of, from `protocols.facts` alone.

Pure Python without database or settings. Minutes are Swedish whatever the reader's language, so nothing
here goes through gettext. `sections.build` composes a whole paragraph; the other modules each word one part
and return blocks (`blocks.Block`), which `blocks.to_html` and `blocks.plain_text` turn into what is read.
"""
