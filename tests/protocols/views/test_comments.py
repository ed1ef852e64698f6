"""Comments before verification: by those who verify, answered by the secretary, seen by nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motions.enums import Role
from protocols.models import Comment, Paragraph
from tests.factories import (
    Region,
    close,
    decide,
    make_meeting,
    make_prepared_motion,
    make_region,
    make_user,
    open_with,
    verify,
)
from tests.protocols.views.desk import Visitor, read, signed_in


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def paragraph(region: Region) -> Paragraph:
    """A decided § of a closed board meeting."""
    meeting = make_meeting(region, region.board)
    paragraph = decide(region, open_with(region, meeting, make_prepared_motion(region)))
    close(region, meeting)
    paragraph.refresh_from_db()
    return paragraph


def url(paragraph: Paragraph) -> str:
    return reverse("protocols:comments", args=[paragraph.pk])


def leave(region: Region, paragraph: Paragraph, **more: str) -> Comment:
    visitor = signed_in(region.chair)
    markup = visitor.get(url(paragraph)).content.decode()
    key = markup.split('value="decision:', 1)[1].split('"', 1)[0]
    visitor.follow(url(paragraph), {"about": f"decision:{key}", "text": "Fel år."} | more)
    return Comment.objects.get()


def test_a_verifier_comments_on_a_passage(region: Region, paragraph: Paragraph) -> None:
    row = leave(region, paragraph)
    assert (row.person, row.section, row.text) == (region.people["Bo"], "decision", "Fel år.")
    assert "föreslår" in row.passage
    assert "Fel år." in read(signed_in(region.verifier).get(url(paragraph)))


def test_the_secretary_sees_it_where_the_work_is(region: Region, paragraph: Paragraph) -> None:
    leave(region, paragraph)
    secretary = signed_in(region.secretary)
    assert "Fel år." in read(secretary.get(reverse("protocols:texts", args=[paragraph.pk])))
    assert "1 öppen kommentar" in read(secretary.get(reverse("protocols:live", args=[paragraph.pk])))
    verifying = reverse("protocols:verify", args=[paragraph.meeting_id])
    assert "1 öppen kommentar" in read(secretary.get(verifying))


def test_open_comments_are_shown_before_verification(region: Region, paragraph: Paragraph) -> None:
    leave(region, paragraph)
    visitor = signed_in(region.verifier)
    address = reverse("protocols:verify", args=[paragraph.meeting_id])
    page = visitor.get(address).content.decode()
    digest = page.split(f'name="sha256-{paragraph.pk}" value="', 1)[1].split('"', 1)[0]
    answer = visitor.post(address, {"paragraphs": paragraph.pk, f"sha256-{paragraph.pk}": digest})
    assert "Öppen kommentar av Bo Cederlund: Fel år." in read(answer)


def test_the_secretary_answers(region: Region, paragraph: Paragraph) -> None:
    row = leave(region, paragraph)
    secretary, address = signed_in(region.secretary), reverse("protocols:comment_answer", args=[row.pk])
    page = read(secretary.follow(address, {f"{row.pk}-answer": "Rättat."}))
    assert "Åtgärdad" in page
    assert "Rättat." in page
    again = secretary.post(address, {})
    assert again.status_code == 409
    assert "redan åtgärdad av Stina Sekreterare" in read(again)
    assert "öppen kommentar" not in read(secretary.get(reverse("protocols:live", args=[paragraph.pk])))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": " "}, "Skriv kommentaren."),
        ({"text": "x" * 2001}, "2000 tecken"),
        ({"text": "Född 19811228-9874."}, "personnummer"),
        ({"about": "decision:000000000000", "text": "Behåll det här"}, "Stycket har ändrats"),
        ({"about": "x\u0000", "text": "Behåll det här"}, "Stycket har ändrats"),
    ],
)
def test_wrong_input(region: Region, paragraph: Paragraph, given: dict[str, str], sentence: str) -> None:
    answer = signed_in(region.chair).post(url(paragraph), given)
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert "Behåll" not in given["text"] or "Behåll det här" in read(answer)
    assert not Comment.objects.exists()


def test_a_verified_text_takes_no_comments(region: Region, paragraph: Paragraph) -> None:
    row = leave(region, paragraph)
    verify(region, paragraph.meeting)
    answer = signed_in(region.chair).post(url(paragraph), {"text": "För sent"})
    assert answer.status_code == 409
    assert "är justerad" in read(answer)
    answering = reverse("protocols:comment_answer", args=[row.pk])
    assert signed_in(region.secretary).post(answering, {}).status_code == 409


def test_nobody_else_sees_them(region: Region, paragraph: Paragraph) -> None:
    row = leave(region, paragraph)
    answering = reverse("protocols:comment_answer", args=[row.pk])
    other = make_user("Elsa Öhman", Role.VERIFIER, person=region.people["Elsa"])
    for user in (region.registrar, region.officer, region.administrator, region.politician, other):
        assert signed_in(user).get(url(paragraph)).status_code == 403, user
        assert signed_in(user).post(url(paragraph), {"text": "x"}).status_code == 403, user
        assert signed_in(user).post(answering, {}).status_code == 403, user
    assert signed_in(make_user("Utan Organ", Role.VERIFIER)).get(url(paragraph)).status_code == 404
    assert Visitor().get(url(paragraph))["Location"].startswith("/konto/logga-in/")
    assert signed_in(region.secretary).post(url(paragraph), {"text": "x"}).status_code == 403
    assert signed_in(region.secretary).get(answering).status_code == 405
    verify(region, paragraph.meeting)
    public = Visitor().get(reverse("protocols:paragraph", args=[paragraph.pk]))
    assert "Fel år." not in read(public)
    assert Visitor().get(url(paragraph)).status_code == 302
