from __future__ import annotations

from django import forms

from config.forms import add_refusal, focus_first_error
from motions.errors import DomainError


class DayForm(forms.Form):
    day = forms.CharField()
    page = forms.CharField(widget=forms.HiddenInput, required=False)


def test_add_refusal_of_a_field_stands_beside_it() -> None:
    form = DayForm({"day": "i går"})
    left = add_refusal(form, DomainError("Dagen är fel", law="KL 5 kap. 13 §", instead="Rätta.", field="day"))
    assert left is None
    assert form.errors == {"day": ["Dagen är fel (KL 5 kap. 13 §). Rätta."]}


def test_add_refusal_of_no_field_that_is_seen_is_left_to_the_page() -> None:
    form = DayForm({"day": "i går"})
    for error in (DomainError("Nej"), DomainError("Nej", field="hour"), DomainError("Nej", field="page")):
        assert add_refusal(form, error) is error
    assert form.is_valid()


def test_focus_first_error_marks_one_field() -> None:
    form = DayForm({})
    focus_first_error(form)
    assert "autofocus" in str(form["day"])


def test_focus_first_error_marks_nothing_in_order() -> None:
    form = DayForm({"day": "i dag"})
    focus_first_error(form)
    assert "autofocus" not in str(form["day"])
