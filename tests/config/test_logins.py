from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from config.logins import client_address, pause_minutes_left
from config.models import FailedLogin
from motions.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

WRONG = "E-postadressen eller lösenordet stämmer inte."
PAUSE = "För många misslyckade försök."


@pytest.fixture
def user() -> User:
    return make_user("Asta Björk")


def log_in(client: Client, user: User, password: str = PASSWORD, address: str = "192.0.2.1") -> str:
    """Try, and say what the page says: empty when logged in."""
    form = {"username": user.email, "password": password}
    response = client.post("/konto/logga-in/", form, REMOTE_ADDR=address)
    if response.status_code == 302:
        return ""
    return " ".join(response.context["form"].non_field_errors())


def fail(client: Client, user: User, times: int, address: str = "192.0.2.1") -> list[str]:
    return [log_in(client, user, "fel lösenord", address) for _ in range(times)]


def test_login_with_the_right_password(client: Client, user: User) -> None:
    assert log_in(client, user) == ""
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not FailedLogin.objects.exists()


def test_login_in_another_case(client: Client, user: User) -> None:
    user.email = user.email.upper()
    assert log_in(client, user) == ""


def test_login_with_a_wrong_password(client: Client, user: User) -> None:
    [message] = fail(client, user, 1)
    assert message.startswith(WRONG)
    assert "_auth_user_id" not in client.session


def test_fifth_failure_starts_the_pause_and_the_right_password_no_longer_helps(
    client: Client, user: User
) -> None:
    messages = [*fail(client, user, settings.LOGIN_TRIES), log_in(client, user)]
    assert [message.split(".")[0] + "." for message in messages[:4]] == [WRONG] * 4
    assert [message.split(".")[0] + "." for message in messages[4:]] == [PAUSE] * 2
    assert "Vänta 15 minuter" in messages[-1]
    assert FailedLogin.objects.count() == settings.LOGIN_TRIES


def test_pause_does_not_look_at_the_password(client: Client, user: User) -> None:
    fail(client, user, settings.LOGIN_TRIES)
    before = User.objects.get().password
    with_right, with_wrong = log_in(client, user), log_in(client, user, "fel")
    assert with_right == with_wrong
    assert User.objects.get().password == before


def test_pause_ends(client: Client, user: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fail(client, user, settings.LOGIN_TRIES)
        clock.shift(timedelta(minutes=14))
        assert "Vänta 1 minut och" in log_in(client, user)
        clock.shift(timedelta(minutes=1))
        assert log_in(client, user) == ""
    assert not FailedLogin.objects.exists()


def test_pause_is_for_one_address_on_the_network(client: Client, user: User) -> None:
    fail(client, user, settings.LOGIN_TRIES, address="192.0.2.1")
    assert log_in(client, user, address="192.0.2.2") == ""


def test_pause_is_for_one_login(client: Client, user: User) -> None:
    fail(client, user, settings.LOGIN_TRIES)
    assert log_in(client, make_user("Bo Cederlund")) == ""


def test_login_forgets_earlier_failures(client: Client, user: User) -> None:
    fail(client, user, settings.LOGIN_TRIES - 1)
    log_in(client, user)
    client.logout()
    fail(client, user, settings.LOGIN_TRIES - 1)
    assert log_in(client, user) == ""


def test_unknown_login_is_answered_like_a_known_one(client: Client, user: User) -> None:
    nobody = User(email="ingen@exempel.se")
    assert fail(client, nobody, settings.LOGIN_TRIES) == fail(client, user, settings.LOGIN_TRIES)


def test_strange_input_is_refused_beside_the_form(client: Client) -> None:
    for name in ("", "x" * 10_000, "😀<script>", "a\0b"):
        response = client.post("/konto/logga-in/", {"username": name, "password": "\0"})
        assert response.status_code == 200
        assert response.context["form"].errors


def test_pause_of_a_login_that_never_failed() -> None:
    assert pause_minutes_left("a@exempel.se", "192.0.2.1") == 0


def test_client_address_behind_the_proxy_is_what_the_proxy_saw(
    rf: RequestFactory, settings: Settings
) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "10.0.0.1, 192.0.2.7"}, REMOTE_ADDR="127.0.0.1")
    assert client_address(request) == "127.0.0.1"
    settings.HTTPS = True
    assert client_address(request) == "192.0.2.7"


def test_session_ends_after_ten_hours(client: Client, user: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        log_in(client, user)
        clock.shift(timedelta(hours=9, minutes=59))
        assert client.get("/konto/losenord/").status_code == 200
        clock.shift(timedelta(minutes=2))
        assert client.get("/konto/losenord/").status_code == 302


def test_logout_is_a_post_and_ends_the_session(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.get("/konto/logga-ut/").status_code == 405
    client.post("/konto/logga-ut/")
    assert "_auth_user_id" not in client.session


def reset_link(user: User, client: Client) -> str:
    response = client.post("/konto/losenord/glomt/", {"email": user.email})
    assert response["Location"] == "/konto/losenord/glomt/skickat/"
    found = re.search(r"http://testserver(/konto/losenord/nytt/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def choose(client: Client, link: str, password: str) -> str:
    form_address = client.get(link)["Location"]
    form = {"new_password1": password, "new_password2": password}
    response = client.post(form_address, form)
    if response.status_code == 302:
        return ""
    return " ".join(error for errors in response.context["form"].errors.values() for error in errors)


@pytest.mark.parametrize("has_password", [True, False], ids=["forgotten", "first"])
def test_new_password_by_mail(client: Client, user: User, has_password: bool) -> None:
    if not has_password:
        user.set_unusable_password()
        user.save()
    link = reset_link(user, client)
    assert choose(client, link, "en helt ny mening 9") == ""
    assert log_in(client, user, "en helt ny mening 9") == ""


def test_link_of_the_mail_works_once(client: Client, user: User) -> None:
    link = reset_link(user, client)
    choose(client, link, "en helt ny mening 9")
    assert client.get(link).context["validlink"] is False


def test_link_of_the_mail_ends_after_two_hours(client: Client, user: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        link = reset_link(user, client)
        clock.shift(timedelta(hours=2, seconds=1))
        assert client.get(link).context["validlink"] is False


def test_reset_tells_nobody_who_has_a_login(client: Client, user: User) -> None:
    response = client.post("/konto/losenord/glomt/", {"email": "ingen@exempel.se"})
    assert response["Location"] == "/konto/losenord/glomt/skickat/"
    assert mail.outbox == []


def test_reset_is_not_for_a_closed_login(client: Client, user: User) -> None:
    user.is_active = False
    user.save()
    client.post("/konto/losenord/glomt/", {"email": user.email})
    assert mail.outbox == []


@pytest.mark.parametrize("password", ["kort", "123456789012", "password1234", "asta.bjork"])
def test_weak_password_is_refused(client: Client, user: User, password: str) -> None:
    assert choose(client, reset_link(user, client), password) != ""


def test_pages_of_logins_are_all_there(client: Client, user: User) -> None:
    public = ["/konto/logga-in/", "/konto/losenord/glomt/", "/konto/losenord/glomt/skickat/"]
    own = ["/konto/losenord/", "/konto/losenord/bytt/"]
    assert [client.get(address).status_code for address in own] == [302, 302]
    pages = [client.get(address) for address in public]
    client.force_login(user)
    pages += [client.get(address) for address in own]
    assert [page.status_code for page in pages] == [200] * 5
    titles = [page.content.decode().split("<title>")[1].split("<")[0] for page in pages]
    assert len(set(titles)) == 5
