"""Entering a vote: by party with exceptions, by name, from a list, or by its counts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from motions.models import Party
from protocols.enums import BallotChoice, VoteEntry
from protocols.forms.motivations import BackingForm
from protocols.forms.people import PeopleField, PersonField, offer
from protocols.forms.voting_list_file import read_voting_list
from protocols.models import Attendance
from protocols.reading.sources import decoded

_NO_VOTE = {"required": _("Ange ja, nej, avstår eller frånvarande.")}
_MOST_PROBLEMS = 12  # lines named at once; the others stand in the list all the same


class VoteForm(BackingForm):
    """What every way of entry has: the meaning of Ja and Nej, who asked, and the chair's casting vote."""

    entry: VoteEntry

    meaning = forms.ChoiceField(label=_("Voteringsproposition"), widget=forms.RadioSelect, initial="0")
    requested_by = PersonField(
        label=_("Begärd av"), required=False, widget=forms.Select({"data-combobox": True})
    )
    casting_vote = forms.TypedChoiceField(
        label=_("Ordförandens utslagsröst (KL 5 kap. 56 §)"),
        choices=[
            ("", _("Ingen")),
            *((choice, choice.label) for choice in BallotChoice if choice in ("yes", "no")),
        ],
        coerce=BallotChoice,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    third_is_enough = forms.BooleanField(
        label=_("En tredjedel av de närvarande räcker (KL 5 kap. 50 §)"), required=False, initial=True
    )

    def __init__(
        self,
        voters: Sequence[Attendance],
        *,
        meanings: Sequence[str],
        has_minority_right: bool,
        motivations: Mapping[int, str] | None = None,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
    ) -> None:
        """`meanings`: what Ja and Nej can mean, empty where only the names of a known vote are added."""
        super().__init__(data, files, prefix="vote")
        self.voters = voters
        if meanings:
            meaning = self.fields["meaning"]
            assert isinstance(meaning, forms.ChoiceField)
            meaning.choices = [(str(place), words) for place, words in enumerate(meanings)]
            offer(self, "requested_by", voters, offered=voters)
        else:
            for name in ("meaning", "requested_by", "casting_vote"):
                del self.fields[name]
        if not (meanings and has_minority_right):
            del self.fields["third_is_enough"]
        self.ask_backing(motivations or {})
        self.add_votes()

    def add_votes(self) -> None:
        """The fields that the votes themselves are typed into."""

    @property
    def shows_casting_vote(self) -> bool:
        """Whether the casting vote is asked for: the numbers were equal, or one was given."""
        return "casting_vote" in self.fields and bool(
            "casting_vote" in self.errors or self["casting_vote"].value()
        )

    @property
    def said(self) -> dict[str, Any]:
        """What goes to the action beside the meaning: the votes, and what is the same in every way."""
        chosen: dict[str, Any] = {
            name: self.cleaned_data[name]
            for name in ("requested_by", "casting_vote", "third_is_enough")
            if name in self.fields
        }
        return {"entry": self.entry, "backing": self.backing, **self.votes, **chosen}

    @property
    def votes(self) -> dict[str, Any]:
        """`ballots` by the person's id, or `counts`: each way of entry types them otherwise."""
        raise NotImplementedError


class PartyVoteForm(VoteForm):
    """One choice for each party, and those who voted otherwise."""

    entry = VoteEntry.BY_PARTY

    def add_votes(self) -> None:
        self.parties: dict[str, list[Attendance]] = {}
        parties: dict[int, Party | None] = {row.party_id or 0: row.party for row in self.voters}
        order = sorted(
            parties, key=lambda pk: ((found := parties[pk]) is None, found.position if found else 0, pk)
        )
        for pk in order:
            members = [row for row in self.voters if (row.party_id or 0) == pk]
            party = parties[pk]
            name = f"party_{pk}"
            self.parties[name] = members
            self.fields[name] = _ballot_field(f"{party.code if party else _t('Utan parti')} ({len(members)})")
        for choice in BallotChoice:
            self.fields[f"except_{choice}"] = PeopleField(
                label=_EXCEPT[choice],
                required=False,
                widget=forms.SelectMultiple({"data-combobox": True}),
            )
            offer(self, f"except_{choice}", self.voters, offered=self.voters)

    @property
    def party_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.parties]

    @property
    def exception_fields(self) -> list[forms.BoundField]:
        return [self[f"except_{choice}"] for choice in BallotChoice]

    def clean(self) -> dict[str, Any]:
        """Nobody votes in two ways."""
        seen: dict[int, str] = {}
        for choice in BallotChoice:
            for person in self.cleaned_data.get(f"except_{choice}", []):
                if person.pk in seen:
                    message = _t("%(name)s står redan under ”%(field)s”.")
                    self.add_error(
                        f"except_{choice}", message % {"name": person.name, "field": seen[person.pk]}
                    )
                seen[person.pk] = str(_EXCEPT[choice])
        return self.cleaned_data

    @property
    def votes(self) -> dict[str, Any]:
        ballots = {
            row.person_id: self.cleaned_data[name] for name, rows in self.parties.items() for row in rows
        }
        for choice in BallotChoice:
            ballots |= {person.pk: choice for person in self.cleaned_data[f"except_{choice}"]}
        return {"ballots": ballots}


class NameVoteForm(VoteForm):
    """One choice for each who votes, in seat order, as at a roll call."""

    entry = VoteEntry.BY_NAME

    def add_votes(self) -> None:
        for row in self.voters:
            self.fields[f"voter_{row.person_id}"] = _ballot_field(str(row))

    @property
    def voter_fields(self) -> list[forms.BoundField]:
        return [self[f"voter_{row.person_id}"] for row in self.voters]

    @property
    def votes(self) -> dict[str, Any]:
        return {
            "ballots": {row.person_id: self.cleaned_data[f"voter_{row.person_id}"] for row in self.voters}
        }


class ListVoteForm(VoteForm):
    """A voting list as a file, or pasted: what does not match anybody is named with its line, and stays."""

    entry = VoteEntry.LIST

    file = forms.FileField(label=_("Fil"), required=False, help_text=_("CSV från voteringssystemet."))
    ballots = forms.CharField(
        label=_("Röstlista"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text=_("En rad var: namn;parti;ja, nej, avstår eller frånvarande. Kolumnernas ordning är fri."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The content of a file becomes what is typed, so that it can be mended in the page."""
        data, files = kwargs.get("data"), kwargs.get("files")
        sent = files.get("vote-file") if files else None
        if data is not None and sent:
            kwargs["data"] = data.copy()
            kwargs["data"]["vote-ballots"] = decoded(sent.read())
        super().__init__(*args, **kwargs)

    def clean_ballots(self) -> dict[int, BallotChoice]:
        """The votes by the person's id."""
        text = self.cleaned_data["ballots"]
        if not text.strip():
            raise forms.ValidationError(_t("Välj en fil eller klistra in listan."))
        found = read_voting_list(text, self.voters)
        if found.problems:
            more = len(found.problems) - _MOST_PROBLEMS
            shown = found.problems[:_MOST_PROBLEMS]
            if more > 0:
                shown.append(_t("… och %(count)s rader till.") % {"count": more})
            raise forms.ValidationError(shown)
        return found.ballots

    @property
    def votes(self) -> dict[str, Any]:
        return {"ballots": self.cleaned_data["ballots"]}


class CountsVoteForm(VoteForm):
    """Only how many; who voted how is added later."""

    entry = VoteEntry.COUNTS

    def add_votes(self) -> None:
        for choice in BallotChoice:
            self.fields[f"{choice}_count"] = forms.IntegerField(
                label=choice.label,
                min_value=0,
                max_value=1000,
                required=choice in (BallotChoice.YES, BallotChoice.NO),
                widget=forms.NumberInput({"class": "is-short"}),
            )

    @property
    def count_fields(self) -> list[forms.BoundField]:
        return [self[f"{choice}_count"] for choice in BallotChoice]

    @property
    def votes(self) -> dict[str, Any]:
        return {"counts": {choice: self.cleaned_data[f"{choice}_count"] or 0 for choice in BallotChoice}}


class OrderForm(forms.Form):
    """Which proposal is the main one, and in which order the others meet."""

    main = forms.TypedChoiceField(label=_("Huvudförslag"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, proposals: Mapping[int, str], data: Mapping[str, Any] | None = None) -> None:
        """`proposals`: what each is called, by its id, in the order they were put."""
        super().__init__(data, prefix="order", initial={"main": next(iter(proposals), None)})
        main = self.fields["main"]
        assert isinstance(main, forms.ChoiceField)
        main.choices = list(proposals.items())
        self.proposals = list(proposals)
        for place, (pk, words) in enumerate(proposals.items()):
            self.fields[f"place_{pk}"] = forms.IntegerField(
                label=words,
                min_value=1,
                max_value=99,
                required=False,
                initial=place or None,
                widget=forms.NumberInput({"class": "is-short"}),
            )

    @property
    def place_fields(self) -> list[forms.BoundField]:
        return [self[f"place_{pk}"] for pk in self.proposals]

    @property
    def others(self) -> list[int]:
        """The proposals that are not the main one, by the number they were given; without a number last."""
        rest = [pk for pk in self.proposals if pk != self.cleaned_data["main"]]
        return sorted(rest, key=lambda pk: self.cleaned_data[f"place_{pk}"] or 100)


WAYS: dict[str, type[VoteForm]] = {
    "parti": PartyVoteForm,
    "namn": NameVoteForm,
    "lista": ListVoteForm,
    "antal": CountsVoteForm,
}

_EXCEPT = {
    BallotChoice.YES: _("Röstar ja i stället"),
    BallotChoice.NO: _("Röstar nej i stället"),
    BallotChoice.ABSTAIN: _("Avstår i stället"),
    BallotChoice.ABSENT: _("Frånvarande i stället"),
}


def _ballot_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=BallotChoice.choices,
        coerce=BallotChoice,
        widget=forms.RadioSelect,
        error_messages=_NO_VOTE,
    )
