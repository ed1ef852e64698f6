from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from config.context import site
from tests.factories import make_region

pytestmark = pytest.mark.django_db


def test_organisation_is_asked_for_once_and_only_when_shown(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    region = make_region()
    with django_assert_num_queries(0):
        organisation = site(rf.get("/"))["organisation"]
    with django_assert_num_queries(1):
        assert organisation.name == region.organisation.name
        assert organisation.short_name == region.organisation.short_name


def test_no_organisation_yet(rf: RequestFactory) -> None:
    assert not site(rf.get("/"))["organisation"]
