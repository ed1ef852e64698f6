from __future__ import annotations

from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django_htmx.middleware import HtmxDetails

from config.errors import bad_request, page_not_found, server_error
from config.http import HtmxRequest, UserRequest, back_url, is_htmx, narrow, needs, public, signed_in
from motions.enums import Role
from motions.errors import Conflict, DomainError, Forbidden
from motions.permissions import Permission
from tests.factories import make_user

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

HTMX = {"HTTP_HX_REQUEST": "true"}


@public
def open_view(request: HtmxRequest) -> HttpResponse:
    return HttpResponse("öppet")


@signed_in
def inner_view(request: UserRequest) -> HttpResponse:
    return HttpResponse(f"hej {request.user.name}")


@needs(Permission.REGISTER_MOTION, Permission.PREPARE_MOTION)
def office_view(request: UserRequest, number: int) -> HttpResponse:
    return HttpResponse(f"nummer {number}")


@public
def refusing_view(request: HtmxRequest, kind: str) -> HttpResponse:
    instead = "Du kan lämna en anteckning."
    match kind:
        case "rule":
            raise DomainError("Tiden har gått ut", law="KL 4 kap. 27 §", instead=instead)
        case "conflict":
            raise Conflict("Ärendet har flyttats")
        case "forbidden":
            raise Forbidden("Det är sekreterarens sak")
        case "invalid":
            raise ValidationError("Rubriken är för lång")
    raise RuntimeError("Något som ingen väntat sig")


@public
def reading_view(request: HtmxRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST.get("text", ""))))


urlpatterns = [
    path("oppet/", open_view),
    path("inne/", inner_view),
    path("kontor/<int:number>/", office_view),
    path("nej/<str:kind>/", refusing_view),
    path("las/", reading_view),
    path("", include("config.urls")),
]
handler400, handler404, handler500 = bad_request, page_not_found, server_error


def htmx_request(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/x/", headers={"HX-Request": "true", **headers})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined] # what its middleware does
    request.user = AnonymousUser()
    return request


# --- Access ------------------------------------------------------------------------------------------------


def test_access_is_readable_from_the_view() -> None:
    declared = [view.__dict__["access"] for view in (open_view, inner_view, office_view)]
    assert declared == ["public", "signed in", "register_motion or prepare_motion"]


def test_public_view_without_a_login(client: Client) -> None:
    assert client.get("/oppet/").content.decode() == "öppet"


def test_inner_view_sends_the_public_to_the_login_and_back(client: Client) -> None:
    response = client.get("/inne/?sida=2")
    assert response.status_code == 302
    assert response["Location"] == "/konto/logga-in/?next=/inne/%3Fsida%3D2"


def test_inner_view_sends_an_htmx_request_of_the_public_to_the_login(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/motioner/?q=buss"}
    response = client.get("/inne/", headers=headers)
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/konto/logga-in/?next=/motioner/%3Fq%3Dbuss"


def test_inner_view_sends_back_to_the_form_not_to_what_it_was_sent_to(client: Client) -> None:
    response = client.post("/inne/", headers={"Referer": "http://testserver/formular/"})
    assert response["Location"] == "/konto/logga-in/?next=/formular/"


def test_inner_view_with_a_login(client: Client) -> None:
    client.force_login(make_user("Asta Björk"))
    assert client.get("/inne/").content.decode() == "hej Asta Björk"


@pytest.mark.parametrize(
    ("role", "status"), [(Role.REGISTRAR, 200), (Role.CASE_OFFICER, 200), (Role.REPRESENTATIVE, 403)]
)
def test_office_view_with_and_without_the_permission(client: Client, role: Role, status: int) -> None:
    client.force_login(make_user("Bo Cederlund", role))
    response = client.get("/kontor/7/")
    assert response.status_code == status
    text = response.content.decode()
    assert (text == "nummer 7") is (status == 200)
    assert ("Du har inte behörighet att registrera motioner" in text) is (status == 403)


# --- Narrowing ---------------------------------------------------------------------------------------------


def test_htmx_wants_a_part() -> None:
    assert is_htmx(htmx_request())


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_htmx_wants_the_whole_page(header: str) -> None:
    assert not is_htmx(htmx_request(**{header: "true"}))


def test_plain_request_wants_the_whole_page(rf: RequestFactory) -> None:
    assert not is_htmx(rf.get("/"))


def test_narrow_gives_the_part_and_varies(client: Client) -> None:
    context = {"message": "Nej", "title": "Nej", "status": 422}
    part = narrow(htmx_request(), "errors/error.html", "refusal", context, status=422)
    assert part.status_code == 422
    assert "<html" not in part.content.decode()
    assert part["Vary"] == "HX-Request"


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("http://testserver/motioner/?q=a", "/motioner/?q=a"),
        ("http://testserver", "/"),
        ("https://annan.example/motioner/", "/"),
        ("http://testserver/x/", "/"),
        ("", "/"),
    ],
)
def test_back_url_stays_on_this_site_and_leads_elsewhere(
    rf: RequestFactory, referer: str, expected: str
) -> None:
    assert back_url(rf.get("/x/", headers={"Referer": referer})) == expected


# --- Refusals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "status", "message"),
    [
        ("rule", 422, "Tiden har gått ut"),
        ("conflict", 409, "Ärendet har flyttats"),
        ("forbidden", 403, "Det är sekreterarens sak"),
        ("invalid", 422, "Rubriken är för lång"),
    ],
)
def test_refusal_is_a_page(client: Client, kind: str, status: int, message: str) -> None:
    response = client.post(f"/nej/{kind}/", headers={"Referer": "http://testserver/motioner/4/"})
    assert response.status_code == status
    assert response.context["message"] == message
    assert response.context["back_url"] == "/motioner/4/"
    assert message in response.content.decode()


def test_refusal_says_the_law_and_what_instead(client: Client) -> None:
    text = client.post("/nej/rule/").content.decode()
    assert "KL 4 kap. 27 §" in text
    assert "Du kan lämna en anteckning." in text


def test_refusal_for_htmx_is_a_part_for_the_error_region(client: Client) -> None:
    response = client.post("/nej/rule/", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#refusal"
    assert response["HX-Reswap"] == "innerHTML"
    text = response.content.decode()
    assert "Tiden har gått ut" in text
    assert "<html" not in text


def test_unexpected_error_is_a_page_of_500(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/nej/annat/")
    assert response.status_code == 500
    assert "Något gick fel hos oss" in response.content.decode()


def test_unknown_address(client: Client) -> None:
    response = client.get("/finns-inte/")
    assert response.status_code == 404
    assert "Sidan finns inte" in response.content.decode()


@pytest.mark.parametrize("address", ["/oppet/?q=%00", "/oppet/%00/"])
def test_zero_byte_in_the_address(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert "Begäran gick inte att läsa" in response.content.decode()


def test_form_from_elsewhere_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/las/", {"text": "hej"})
    assert response.status_code == 403
    assert "ladda om sidan och skicka igen" in response.content.decode()


def test_a_megabyte_of_text_reaches_the_form(client: Client) -> None:
    assert client.post("/las/", {"text": "x" * 1_000_000}).content == b"1000000"


def test_form_that_is_too_large(client: Client) -> None:
    body = "text=" + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    response = client.post("/las/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "Det du skickade är för stort" in response.content.decode()


def test_request_larger_than_any_document_is_not_read(client: Client) -> None:
    most = settings.UPLOAD_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    response = client.post("/las/", b"x" * (most + 1), content_type="text/plain")
    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_page_is_under_a_policy_without_inline_code(client: Client) -> None:
    policy = client.get("/konto/logga-in/")["Content-Security-Policy"].split("; ")
    assert sorted(policy) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "manifest-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    ]
