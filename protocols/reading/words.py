"""Reasons and marks in words, for the command and for a page of review."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from protocols.reading.facts import MarkKind, Outcome
from protocols.reading.refusals import Reason

REASONS = {
    Reason.UNKNOWN_KIND: _(
        "Filens slag kan inte läsas. Spara den som PDF, Word (.docx), text (.txt), webbsida (.html) "
        "eller Markdown (.md)."
    ),
    Reason.TOO_LARGE: _("Filen är för stor. Dela den i flera."),
    Reason.TOO_MANY_PAGES: _("Filen har för många sidor för ett protokoll. Dela den i flera."),
    Reason.TOO_MANY_FILES: _("ZIP-filen har för många filer. Dela den i flera."),
    Reason.NO_TEXT: _("Filen har ingen text. Är den inskannad måste den först textigenkännas (OCR)."),
    Reason.NOT_TEXT: _(
        "Filen innehåller inte text, fast namnet säger det. Spara den som text och försök igen."
    ),
    Reason.NOT_SWEDISH: _("Texten är inte på svenska. Bara svenska protokoll kan läsas."),
    Reason.BROKEN: _("Filen är skadad eller ofullständig. Hämta den på nytt."),
    Reason.ENCRYPTED: _("Filen är skyddad med lösenord. Spara den utan skydd."),
    Reason.MACROS: _(
        "Filen innehåller makron och öppnas inte. Spara den i Word som vanligt dokument (.docx) utan makron."
    ),
    Reason.NO_PARAGRAPHS: _("Texten har inga paragrafer (§). Kontrollera att det är ett protokoll."),
    Reason.MISSING: _("Filen finns inte. Kontrollera sökvägen."),
    Reason.CLOSED: _("Filen kan inte öppnas. Kontrollera att du får läsa den."),
}

MARKS = {
    MarkKind.NO_TITLE: _("Rubriken saknas"),
    MarkKind.NO_DECISION: _("Inget beslut under beslutsrubriken"),
    MarkKind.UNKNOWN_HEADING: _("Okänd rubrik"),
    MarkKind.UNKNOWN_LAYOUT: _("Okänd uppställning: läst med de allmänna reglerna"),
    MarkKind.UNREAD_SENTENCE: _("Ingen person hittades i meningen"),
    MarkKind.VOTE_WITHOUT_COUNT: _("Omröstning utan röstetal"),
    MarkKind.COUNT_DIFFERS: _("Röstetalet är ett annat än de lästa rösterna"),
    MarkKind.LIST_MISSING: _("Röstlistan finns inte i filen"),
    MarkKind.LIST_UNREAD: _("Rader i en lista som inte kunde läsas"),
    MarkKind.NUMBER_REPEATED: _("Samma paragrafnummer två gånger"),
    MarkKind.NUMBER_SKIPPED: _("Paragrafnumret före saknas"),
    MarkKind.CUT_OFF: _("Texten slutar mitt i en mening"),
}

OUTCOMES = {
    Outcome.GRANTED: _("Bifall"),
    Outcome.REJECTED: _("Avslag"),
    Outcome.DEEMED_ANSWERED: _("Anses besvarad"),
    Outcome.PARTLY_GRANTED: _("Delvis bifall"),
    Outcome.REFERRED_BACK: _("Återremiss"),
    Outcome.POSTPONED: _("Bordlagt"),
    Outcome.RECOMMENDS_GRANTING: _("Föreslår bifall"),
    Outcome.RECOMMENDS_REJECTING: _("Föreslår avslag"),
    Outcome.RECOMMENDS_ANSWERED: _("Föreslår att den anses besvarad"),
    Outcome.RECOMMENDS_PARTLY: _("Föreslår delvis bifall"),
    Outcome.NOTED: _("Till handlingarna"),
    Outcome.OTHER: _("Annat beslut"),
}
