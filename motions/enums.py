"""The closed vocabularies of a motion's life, one English term each (Swedish in the label)."""

from __future__ import annotations

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Where a motion stands. Never set by hand: it follows from the motion's events (see workflow)."""

    HANDED_IN = "handed_in", _("Inlämnad")
    REGISTERED = "registered", _("Registrerad")
    REMITTED = "remitted", _("Remitterad")
    IN_PREPARATION = "in_preparation", _("Under beredning")
    AT_BOARD = "at_board", _("Hos styrelsen")
    AT_ASSEMBLY = "at_assembly", _("Hos fullmäktige")
    DECIDED = "decided", _("Avgjord")
    CLOSED = "closed", _("Avslutad")
    WITHDRAWN = "withdrawn", _("Återtagen")

    #: Still on its way to a verdict: the year clock (KL 5 kap. 35 §) runs.
    open_stages = nonmember(
        ("handed_in", "registered", "remitted", "in_preparation", "at_board", "at_assembly")
    )
    #: Nothing more can happen to the motion.
    end_stages = nonmember(("closed", "withdrawn"))


class Outcome(TextChoices):
    """What became of one att-sats (clause), or is proposed to become of it."""

    GRANTED = "granted", pgettext_lazy("outcome", "Bifall")
    REJECTED = "rejected", pgettext_lazy("outcome", "Avslag")
    DEEMED_ANSWERED = "deemed_answered", pgettext_lazy("outcome", "Besvarad")
    WRITTEN_OFF = "written_off", pgettext_lazy("outcome", "Avskriven")

    #: Derived for a whole motion whose clauses met different fates; never stored on a clause.
    partly_granted = nonmember("partly_granted")


class EventKind(TextChoices):
    """What can happen to a motion. Each is recorded once, append-only, with who and when."""

    RECEIVED = "received", _("Inlämnad")
    REGISTERED = "registered", _("Registrerad")
    REMITTED = "remitted", _("Remitterad")
    PREPARATION_STARTED = "preparation_started", _("Beredning påbörjad")
    PREPARATION_FINISHED = "preparation_finished", _("Beredd")
    PREPARATION_RESUMED = "preparation_resumed", _("Åter till beredning")
    BOARD_PROPOSED = "board_proposed", _("Styrelsen föreslår")
    POSTPONED = "postponed", _("Bordlagd")
    REFERRED_BACK = "referred_back", _("Återremitterad")
    DECIDED = "decided", _("Fullmäktige avgör")
    OVERDUE_REPORTED = "overdue_reported", _("Anmäld till fullmäktige som obesvarad")
    WITHDRAWN = "withdrawn", _("Återtagen av motionärerna")
    DOCUMENT_ADDED = "document_added", _("Handling tillagd")
    CORRECTED = "corrected", _("Uppgift rättad")
    ASSIGNMENT_REPORTED = "assignment_reported", _("Uppdrag återrapporterat")
    CLOSED = "closed", _("Avslutad")


class Role(TextChoices):
    """What a login may do (see permissions). One person can hold several."""

    REGISTRAR = "registrar", _("Registrator")
    CASE_OFFICER = "case_officer", _("Handläggare")
    SECRETARY = "secretary", _("Sekreterare")
    VERIFIER = "verifier", _("Ordförande eller justerare")
    REPRESENTATIVE = "representative", _("Förtroendevald")
    ADMINISTRATOR = "administrator", _("Administratör")


class BodyKind(TextChoices):
    """The three kinds of deciding bodies (KL 3 kap. 1–4 §§)."""

    ASSEMBLY = "assembly", _("Fullmäktige")
    EXECUTIVE_BOARD = "executive_board", _("Styrelse")
    COMMITTEE = "committee", _("Nämnd")


class MembershipRole(TextChoices):
    """A person's office in a body."""

    CHAIR = "chair", _("Ordförande")
    FIRST_VICE_CHAIR = "first_vice_chair", _("Förste vice ordförande")
    SECOND_VICE_CHAIR = "second_vice_chair", _("Andre vice ordförande")
    MEMBER = "member", _("Ledamot")
    SUBSTITUTE = "substitute", _("Ersättare")

    #: Those who hold a seat; a substitute only serves in another's.
    seated = nonmember(("chair", "first_vice_chair", "second_vice_chair", "member"))


class ClockStart(TextChoices):
    """From which day the year of KL 5 kap. 35 § is counted, by local rules."""

    HANDED_IN = "handed_in", _("Från den dag då motionen lämnades in")
    RAISED = "raised", _("Från den dag då motionen väcktes i fullmäktige")


class DocumentKind(TextChoices):
    """What an uploaded file is in the case."""

    SIGNED_MOTION = "signed_motion", _("Undertecknad motion")
    STAFF_REPORT = "staff_report", _("Tjänsteskrivelse")
    OPINION = "opinion", _("Yttrande")
    OTHER = "other", _("Annan handling")


class WrittenSection(TextChoices):
    """The sections of a case that people write; all other sections are made from recorded facts."""

    STATEMENT = "statement", _("Yttrande till beslutsförslaget")
    SUMMARY = "summary", _("Sammanfattning")
    MATTER = "matter", _("Ärendet")
    IMPACT = "impact", _("Beslutsförslagets påverkan avseende jämställdhet")
