"""Two versions of a rich text side by side: which words differ, and both in one.

Works on sanitised HTML only (motions.texts.clean) and keeps it well-formed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

#: Longer texts than this many words, taken together, are shown without marks: comparing would take seconds.
MOST_WORDS = 20_000
_EXACT = 2_000  # words up to which every word counts, also the commonest ones

_TOKEN = re.compile(r"""<(?:[^>"]|"[^"]*")*>|[^\s<]+|\s+""")
_TAG_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
_VOID = frozenset({"br", "hr", "img", "col"})
_INLINE = frozenset({"a", "em", "strong", "sub", "sup", "br"})


class _Token(NamedTuple):
    """A tag, a word or a space; words that differ in formatting only have different keys, too."""

    text: str
    key: tuple[str, ...] | None  # None for what is not a word


def mark_differences(old: str, new: str) -> tuple[str, str]:
    """Both texts, with the words that the other one lacks inside <mark>."""
    before, after = list(_tokens(old)), list(_tokens(new))
    old_words, new_words = _words(before), _words(after)
    if len(old_words) + len(new_words) > MOST_WORDS:
        return old, new
    old_keys, new_keys = [before[i].key for i in old_words], [after[i].key for i in new_words]
    exact = len(old_words) + len(new_words) <= _EXACT
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=not exact)
    gone: set[int] = set()
    come: set[int] = set()
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind != "equal":
            gone.update(old_words[old_from:old_to])
            come.update(new_words[new_from:new_to])
    return _marked(before, gone), _marked(after, come)


def both(mine: str, theirs: str) -> str:
    """One text that holds every paragraph of both: equal ones once, others mine before theirs."""
    ours, others = blocks(mine), blocks(theirs)
    merged: list[str] = []
    for kind, own_from, own_to, other_from, other_to in SequenceMatcher(
        None, ours, others, autojunk=False
    ).get_opcodes():
        merged += ours[own_from:own_to]
        if kind != "equal":
            merged += others[other_from:other_to]
    return "\n".join(merged)


def blocks(html: str) -> list[str]:
    """The outermost elements of the text, in order; loose words between them count as one, too."""
    found = [""]
    depth = 0
    for token in _TOKEN.findall(html):
        is_block = token.startswith("<") and _name(token) not in _INLINE
        if is_block and depth == 0:
            found.append("")
        found[-1] += token
        if is_block:
            depth += -1 if token.startswith("</") else 1
            if depth == 0:
                found.append("")
    return [block.strip() for block in found if block.strip()]


def _tokens(html: str) -> Iterator[_Token]:
    open_tags: list[str] = []
    for text in _TOKEN.findall(html):
        if text.startswith("<"):
            if text.startswith("</"):
                open_tags[-1:] = []
            elif not _is_void(text):
                open_tags.append(text)
            yield _Token(text, None)
        else:
            yield _Token(text, None if text.isspace() else (text, *open_tags))


def _words(tokens: Sequence[_Token]) -> list[int]:
    return [index for index, token in enumerate(tokens) if token.key is not None]


def _marked(tokens: Sequence[_Token], chosen: set[int]) -> str:
    """The text again, each run of chosen words (with the spaces between them) inside one <mark>."""
    parts: list[str] = []
    run: list[str] = []
    space = ""
    for index, token in enumerate(tokens):
        if index in chosen:
            run.append(space + token.text)
            space = ""
        elif run and token.text.isspace():
            space = token.text
        else:
            parts += [f"<mark>{''.join(run)}</mark>" if run else "", space, token.text]
            run, space = [], ""
    return "".join([*parts, f"<mark>{''.join(run)}</mark>" if run else "", space])


def _is_void(tag: str) -> bool:
    return _name(tag) in _VOID


def _name(tag: str) -> str:
    found = _TAG_NAME.match(tag)
    return found[1].lower() if found else ""
