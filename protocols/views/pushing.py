"""The pages that follow a meeting, brought to them in the stream of news: made once for all who look alike.

What is kept here is only ever sent in answer to news, and is made anew for each: whoever asks by a request is
shown what the database says. In doubt nothing is brought, and the page asks for itself.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from weakref import WeakSet, WeakValueDictionary

from django.contrib.sessions.models import Session
from django.db import connection
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language, override

from config.http import UserRequest
from config.news import exchange
from motions.models import User
from motions.permissions import Permission, has_permission
from protocols.models import Meeting
from protocols.models.telling import topic
from protocols.queries.everybody import Everybody, read_everybody
from protocols.queries.my_meeting import busy_elsewhere, page_brought
from protocols.views import my_meeting, screen

#: What stands for the words that differ between two pages that are otherwise alike.
_TOKEN, _GREETING = "csrf-token-of-whom-it-is-for", "greeting-of-whom-it-is-for"

#: The room between elements, which is sent as one space; a no-break space is a word's own.
_ROOM = re.compile(r"[ \n]+")


@dataclass(frozen=True, eq=False)
class Reader:
    """Who listens, as recognised when the stream began."""

    user: int
    person: int | None
    password: str
    session: str
    token: str
    language: str


class Look(Protocol):
    """A kind of page of a meeting, as the meeting was at one moment."""

    def likeness(self, reader: Reader) -> Hashable:
        """The same for two readers whose pages are the same; None where the reader is to ask."""

    def render(self, reader: Reader) -> str:
        """The page of the reader and of all alike."""

    def in_person(self, page: str, reader: Reader) -> str:
        """The page with the words that are this reader's alone."""


@dataclass(frozen=True)
class MyLook:
    """The own page of each on the list of an open meeting."""

    everybody: Everybody
    busy: Collection[int]
    read_at: datetime
    made: dict[str, dict[Hashable, str]] = field(default_factory=dict)  # by language, what many pages hold

    @classmethod
    def read(cls, pk: int) -> MyLook:
        """As it is now."""
        read_at = timezone.now()
        meeting = Meeting.objects.select_related("body").get(pk=pk)
        return cls(read_everybody(meeting), busy_elsewhere(meeting), read_at)

    def likeness(self, reader: Reader) -> Hashable:
        """By what the reader has done in the meeting; None for one whose page shows more than that."""
        person = reader.person
        if person is None or person in self.busy or person not in self.everybody.attendance:
            return None
        return self.everybody.likeness(person) if self.everybody.meeting.is_open else None

    def render(self, reader: Reader) -> str:
        """As a request is answered, but for the words of one reader alone."""
        assert reader.person is not None
        page = page_brought(self.everybody, reader.person, today=timezone.localdate(), read_at=self.read_at)
        context = my_meeting.my_context(page)
        made = self.made.setdefault(get_language() or "", {})
        context |= {"greeting": _GREETING, "csrf_token": _TOKEN, "is_news": True, "made": made}
        return render_to_string(f"{my_meeting.PAGE}#live", context)

    def in_person(self, page: str, reader: Reader) -> str:
        """Its greeting and its token."""
        assert reader.person is not None
        person = self.everybody.attendance[reader.person].person
        hello = escape(my_meeting.greeting(person, timezone.now()))
        return page.replace(_TOKEN, reader.token).replace(_GREETING, hello)


@dataclass(frozen=True)
class ScreenLook:
    """The screen in the room: the same for all."""

    meeting: Meeting
    read_at: datetime

    @classmethod
    def read(cls, pk: int) -> ScreenLook:
        """As it is now."""
        read_at = timezone.now()
        return cls(Meeting.objects.select_related("body").get(pk=pk), read_at)

    def likeness(self, reader: Reader) -> Hashable:
        """One look."""
        return "screen"

    def render(self, reader: Reader) -> str:
        """As a request is answered."""
        context = screen.screen_context(self.meeting, self.read_at)
        return render_to_string(f"{screen.PAGE}#shown", context)

    def in_person(self, page: str, reader: Reader) -> str:
        """Nobody is spoken to."""
        return page


@dataclass(frozen=True)
class Kind:
    """A page that can be brought: what it is told of, who may see it, and how it is read."""

    topics: Sequence[str]
    permissions: Sequence[Permission]
    read: Callable[[int], Look]


#: By the word in the stream's address. A page's `data-news-of` names the same kinds of news.
KINDS = {
    "mitt": Kind(("agenda", "attendance", "decision"), [Permission.ATTEND_MEETING], MyLook.read),
    "storbild": Kind(
        ("agenda", "attendance", "procedure", "decision"),
        [Permission.MANAGE_MEETING, Permission.ATTEND_MEETING],
        ScreenLook.read,
    ),
}


@dataclass
class _State:
    """One state of a meeting: who may see it still, and the pages made of it so far."""

    look: Look
    allowed: Collection[tuple[int, str]]
    sessions: Collection[str]
    pages: dict[Hashable, str] = field(default_factory=dict)

    def page(self, reader: Reader) -> str | None:
        if (reader.user, reader.password) not in self.allowed or reader.session not in self.sessions:
            return None
        likeness = self.look.likeness(reader)
        if likeness is None:
            return None
        with override(reader.language):
            alike = (reader.language, likeness)
            if alike not in self.pages:
                self.pages[alike] = _ROOM.sub(" ", self.look.render(reader))
            return self.look.in_person(self.pages[alike], reader)


class _Place:
    """Where a meeting's newest state is kept; the first who needs it reads it, the others wait for that."""

    def __init__(self, meeting: int, kind: Kind) -> None:
        self.readers: WeakSet[Reader] = WeakSet()
        self._meeting = meeting
        self._kind = kind
        self._topics = [topic(meeting, about) for about in kind.topics]
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._state: _State | None = None

    def page(self, reader: Reader) -> str | None:
        """The page of the newest state that was told; under the lock each is made once."""
        with self._lock:
            seen = exchange.now(self._topics)  # before anything is read: what is told meanwhile is another
            try:
                if self._state is None or seen != self._seen:
                    self._state, self._seen = self._read(), seen
                return self._state.page(reader)
            finally:
                connection.close()  # it would be kept for as long as the stream lasts

    def _read(self) -> _State:
        readers = list(self.readers)
        users = User.objects.filter(pk__in={reader.user for reader in readers}, is_active=True)
        sessions = Session.objects.filter(
            pk__in={reader.session for reader in readers}, expire_date__gt=timezone.now()
        )
        return _State(
            self._kind.read(self._meeting),
            {(user.pk, user.password) for user in users if self._may(user)},
            set(sessions.values_list("pk", flat=True)),
        )

    def _may(self, user: User) -> bool:
        return any(has_permission(user, permission) for permission in self._kind.permissions)


_places: WeakValueDictionary[tuple[int, str], _Place] = WeakValueDictionary()  # as long as somebody follows
_places_lock = threading.Lock()


def page_of(request: UserRequest, meeting: Meeting, kind: str) -> Callable[[], str | None]:
    """What brings the page of a meeting to whoever asks, or None in place of it: then the page is to ask."""
    user = request.user
    reader = Reader(
        user.pk,
        user.person_id,
        user.password,
        request.session.session_key or "",
        get_token(request),
        get_language() or "sv",
    )
    with _places_lock:
        place = _places.get((meeting.pk, kind)) or _Place(meeting.pk, KINDS[kind])
        _places[meeting.pk, kind] = place
        place.readers.add(reader)
    return lambda: place.page(reader)
