"""Swedish alphabetical order (… z å ä ö) that no database locale can change."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, TextField


class SwedishOrder(Func):
    """A lower-case sort key: å, ä and ö become the characters after z, common accents their base letter.

    Compared with collation "C" it gives the order of Swedish registers on every PostgreSQL,
    with or without ICU. Immutable, so it can be stored in a generated column and indexed.
    """

    template = "translate(lower(%(expressions)s), 'ÅÄÖåäöÆæØøÉéÈèÁáÀàÜüŋđšžč', '{|}{|}||}}eeeeaaaayyndszc')"
    output_field = TextField(db_collation="C")

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(expression, **extra)


_ACCENTED, _BARE = "åäöæøéèáàüŋđšžč", "aaoaoeeaaundszc"


class Folded(Func):
    """Lower case without accents or rings: what trigrams are made from.

    PostgreSQL's pg_trgm drops letters that the server's locale does not know; these are known everywhere.
    For finding candidates only: å and a are one here.
    """

    template = f"translate(lower(%(expressions)s), '{_ACCENTED}', '{_BARE}')"
    output_field = TextField()

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(expression, **extra)


def folded(text: str) -> str:
    """What `Folded` makes of a text, made here."""
    return text.lower().translate(str.maketrans(_ACCENTED, _BARE))
