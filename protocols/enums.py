"""The closed vocabularies of meetings and paragraphs (Swedish in the label)."""

from __future__ import annotations

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(TextChoices):
    """planned → open → closed, or planned → cancelled. Verification is per paragraph (KL 5 kap. 69 §)."""

    PLANNED = "planned", _("Planerat")
    OPEN = "open", _("Pågår")
    CLOSED = "closed", _("Avslutat")
    CANCELLED = "cancelled", _("Inställt")


class ParagraphState(TextChoices):
    """draft (on the agenda, no number) → taken_up (has its §) → decided (gavel) → verified (frozen)."""

    DRAFT = "draft", _("På dagordningen")
    TAKEN_UP = "taken_up", _("Behandlas")
    DECIDED = "decided", _("Beslutad")
    VERIFIED = "verified", _("Justerad")


class ParagraphKind(TextChoices):
    """What an item of a meeting is about; the last two hold many motions in one block."""

    MOTION = "motion", _("Motion")
    MATTER = "matter", _("Annat ärende")
    REMITTAL = "remittal", _("Anmälan och remittering av inkomna motioner")
    OUTSTANDING_REPORT = "outstanding_report", _("Redovisning av obesvarade motioner")

    blocks = nonmember(("remittal", "outstanding_report"))


class SectionKind(TextChoices):
    """The sections a paragraph can have. Order and headings are the organisation's (HeadingProfile)."""

    DECISION = "decision", _("Beslut")
    RESERVATION = "reservation", _("Reservation")
    STATEMENT = "statement", _("Yttrande till beslutsförslaget")
    SUMMARY = "summary", _("Sammanfattning")
    EARLIER_TREATMENT = "earlier_treatment", _("Tidigare behandling")
    DELIBERATION = "deliberation", _("Ärendets behandling under sammanträdet")
    PROCEDURE = "procedure", _("Beslutsgång")
    NON_PARTICIPATION = "non_participation", _("Jäv och ej deltagande")
    NOTES = "notes", _("Protokollsanteckning")
    MATTER = "matter", _("Ärendet")
    IMPACT = "impact", _("Beslutsförslagets påverkan avseende jämställdhet")
    VOTING_LIST = "voting_list", _("Voteringslista")
    VERIFICATION = "verification", _("Justering")
    APPENDICES = "appendices", _("Bilagor")
    RECIPIENTS = "recipients", _("Protokollsutdrag skickas till")

    #: Written by people in the editor; all others are made from recorded facts.
    written = nonmember(("statement", "summary", "matter", "impact"))
    #: Tables of recorded facts, which nobody puts in own words.
    tables = nonmember(("voting_list",))


class ProposalKind(TextChoices):
    """What a yrkande asks for; TABLED is the proposal before the meeting (liggande förslag)."""

    TABLED = "tabled", _("Liggande förslag")
    GRANT = "grant", pgettext_lazy("proposal", "Bifall")
    REJECT = "reject", pgettext_lazy("proposal", "Avslag")
    DEEM_ANSWERED = "deem_answered", _("Anses besvarad")
    AMEND = "amend", _("Ändring")
    ADD = "add", _("Tillägg")
    REFER_BACK = "refer_back", _("Återremiss")
    POSTPONE = "postpone", _("Bordläggning")

    #: Answered before the matter itself, each by itself (KL 5 kap. 50 §).
    formal = nonmember(("refer_back", "postpone"))


class QuestionKind(TextChoices):
    """Which step of the decision procedure the chair puts to the meeting."""

    FORMAL = "formal", _("Formell fråga")
    COUNTER = "counter", _("Fråga om motförslag")
    MAIN = "main", _("Huvudfråga")
    ADDITION = "addition", _("Tilläggsfråga")


class BallotChoice(TextChoices):
    """What somebody called on in a vote did; votes are open (KL 5 kap. 54 §)."""

    YES = "yes", pgettext_lazy("ballot", "Ja")
    NO = "no", pgettext_lazy("ballot", "Nej")
    ABSTAIN = "abstain", _("Avstår")
    ABSENT = "absent", _("Frånvarande")


class VoteEntry(TextChoices):
    """How a vote came into the minutes."""

    BY_PARTY = "by_party", _("Efter parti")
    BY_NAME = "by_name", _("Namnupprop")
    LIST = "list", _("Röstlista")
    COUNTS = "counts", _("Enbart antal")


class DecisionKind(TextChoices):
    """What the body did with the item."""

    PROPOSES = "proposes", _("Föreslår fullmäktige")
    DECIDES = "decides", _("Beslutar")
    POSTPONES = "postpones", _("Bordlägger")
    REFERS_BACK = "refers_back", _("Återremitterar")
    NOTES = "notes", _("Lägger till handlingarna")


class NonParticipationKind(TextChoices):
    """Three different facts, never mixed: jäv, staying out of the decision, abstaining in it."""

    RECUSAL = "recusal", _("Jäv")
    NOT_PARTICIPATING = "not_participating", _("Deltar inte i beslutet")
    ABSTAINED = "abstained", _("Avstår")


class MoveKind(TextChoices):
    """What somebody did in the room while the meeting went on."""

    CAME = "came", _("kom")
    LEFT = "left", _("lämnade")
    STEPPED_IN = "stepped_in", _("trädde in")
    STEPPED_BACK = "stepped_back", _("lämnade platsen åter")


class MailingKind(TextChoices):
    """What an act of sending was about."""

    EXTRACTS = "extracts", _("Protokollsutdrag")
    SUMMONS = "summons", _("Kallelse")
    CANCELLED = "cancelled", _("Inställt sammanträde")


class DeliveryState(TextChoices):
    """waiting → sending → sent; or back to waiting, or one of the ends that somebody must look at."""

    WAITING = "waiting", _("Väntar")
    SENDING = "sending", _("Skickas")
    SENT = "sent", _("Skickat")
    FAILED = "failed", _("Misslyckades")
    BOUNCED = "bounced", _("Studsade")
    UNCERTAIN = "uncertain", _("Osäkert")

    #: Goes on by itself.
    going = nonmember(("waiting", "sending"))
    #: Goes on only when somebody says so.
    stopped = nonmember(("failed", "bounced", "uncertain"))


class Following(TextChoices):
    """How an appendix goes along with the extract."""

    NAMED = "named", _("Nämns bara")
    FILE = "file", _("Följer som fil")
    PAGES = "pages", _("Följer som sidor")


class BundleKind(TextChoices):
    """How extracts are put into one file; the value is the file's ending."""

    ZIP = "zip", _("Ett paket (ZIP) med en PDF för varje paragraf")
    PDF = "pdf", _("En PDF med innehåll och bokmärken")


class BundleState(TextChoices):
    """waiting → done or failed; back to waiting when it is asked for again."""

    WAITING = "waiting", _("Görs")
    DONE = "done", _("Klar")
    FAILED = "failed", _("Misslyckades")


class ReadingState(TextChoices):
    """waiting → read, known (the same file was there) or refused."""

    WAITING = "waiting", _("Läses")
    READ = "read", _("Inläst")
    KNOWN = "known", _("Fanns redan")
    REFUSED = "refused", _("Kunde inte läsas")


class NameState(TextChoices):
    """waiting → matched by the program, or answered: the same as somebody, somebody new, or left alone."""

    WAITING = "waiting", _("Väntar")
    MATCHED = "matched", _("Finns i registret")
    SAME = "same", _("Samma som")
    NEW = "new", _("Ny i registret")
    LEFT = "left", _("Utanför registret")

    pointing = nonmember(("same", "new"))


class SigningState(TextChoices):
    """waiting → signed, once and for all; or failed, until somebody asks for another try."""

    WAITING = "waiting", _("Skrivs under")
    SIGNED = "signed", _("Undertecknat")
    FAILED = "failed", _("Underskriften misslyckades")
