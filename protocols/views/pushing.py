"""The pages that follow a meeting, brought to them in the stream of news: made once for all who look alike.

What is kept here is only ever sent in answer to news, and is made anew for each: whoever asks by a request is
shown what the database says. In doubt nothing is brought, and the page asks for itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
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
from protocols.models.telling import ABOUT, topic
from protocols.queries.everybody import Everybody, read_everybody
from protocols.views.my_meeting import PAGE, greeting, my_context

#: What stands for the words that differ between two pages that are otherwise alike.
_TOKEN, _GREETING = "csrf-token-of-whom-it-is-for", "greeting-of-whom-it-is-for"


@dataclass(frozen=True, eq=False)
class Reader:
    """Who listens, as recognised when the stream began."""

    user: int
    person: int
    password: str
    session: str
    token: str
    language: str


@dataclass
class Shown:
    """A meeting in one state: who may see it, and the pages made of it so far."""

    everybody: Everybody
    passwords: Mapping[int, str]
    sessions: frozenset[str]
    pages: dict[Hashable, str | None] = field(default_factory=dict)

    def page(self, reader: Reader) -> str | None:
        """The page as the reader may see it, or None where the reader is to ask."""
        if self.passwords.get(reader.user) != reader.password or reader.session not in self.sessions:
            return None
        with override(reader.language):
            alike = (reader.language, self.everybody.likeness(reader.person))
            if alike not in self.pages:
                self.pages[alike] = self._render(reader.person)
            page = self.pages[alike]
            if page is None:
                return None
            hello = greeting(self.everybody.attendance[reader.person].person, timezone.now())
        return page.replace(_TOKEN, reader.token).replace(_GREETING, escape(hello))

    def _render(self, person: int) -> str | None:
        page = self.everybody.page(person)
        if page is None:
            return None
        context = my_context(page) | {"greeting": _GREETING, "csrf_token": _TOKEN, "is_news": True}
        return render_to_string(f"{PAGE}#live", context)


class _Place:
    """Where a meeting's newest state is kept; the first who needs it reads it, the others wait for that."""

    def __init__(self, meeting: Meeting) -> None:
        self.readers: WeakSet[Reader] = WeakSet()
        self._meeting = meeting
        self._topics = [topic(meeting.pk, about) for about in ABOUT]
        self._lock = threading.Lock()
        self._state: tuple[int, ...] | None = None
        self._shown: Shown | None = None

    def page(self, reader: Reader) -> str | None:
        """The page of the newest state that was told; under the lock each is made once."""
        with self._lock:
            state = exchange.now(self._topics)  # before anything is read: what is told meanwhile is another
            if self._shown is None or state != self._state:
                self._shown, self._state = self._read(), state
            return self._shown.page(reader)

    def _read(self) -> Shown:
        readers = list(self.readers)
        users = User.objects.filter(pk__in={reader.user for reader in readers}, is_active=True)
        sessions = Session.objects.filter(
            pk__in={reader.session for reader in readers}, expire_date__gt=timezone.now()
        )
        try:
            return Shown(
                read_everybody(self._meeting, today=timezone.localdate()),
                {user.pk: user.password for user in users if has_permission(user, Permission.ATTEND_MEETING)},
                frozenset(sessions.values_list("pk", flat=True)),
            )
        finally:
            connection.close()  # it would be kept for as long as the stream lasts


_places: WeakValueDictionary[int, _Place] = WeakValueDictionary()  # as long as somebody follows
_places_lock = threading.Lock()


def page_of(request: UserRequest, meeting: Meeting) -> Callable[[], str | None] | None:
    """What brings the own page of a meeting to whoever asks; None for one who has none."""
    person, session = request.user.person_id, request.session.session_key
    if person is None or session is None:
        return None
    user = request.user
    reader = Reader(user.pk, person, user.password, session, get_token(request), get_language() or "sv")
    with _places_lock:
        place = _places.get(meeting.pk) or _Place(meeting)
        _places[meeting.pk] = place
    place.readers.add(reader)
    return lambda: place.page(reader)
