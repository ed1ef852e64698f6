from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from config.errors import server_error


def test_server_error_without_a_database(rf: RequestFactory) -> None:
    request = rf.get("/motioner/")
    request.user = AnonymousUser()
    response = server_error(request)  # this test may not ask the database, and the page's frame does
    text = response.content.decode()
    assert response.status_code == 500
    assert "<h1>Något gick fel hos oss</h1>" in text
    assert "stylesheet" not in text
