"""How forms and fields become HTML: through the project's own components; and what a refusal is to a form."""

from __future__ import annotations

from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting

from motions.errors import DomainError


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group }}` use templates/components/."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def focus_first_error(form: BaseForm) -> None:
    """Let the page put the focus into the first field that is not in order."""
    name = next((name for name in form.fields if name in form.errors), None)
    if name is not None:
        form.fields[name].widget.attrs["autofocus"] = True


def add_refusal(form: BaseForm, error: DomainError) -> DomainError | None:
    """Put what an action refused beside the field it names.

    Returns None when done. Where the error names no field that is seen it is returned, for the page to show
    through components/domain_error.html inside the form.
    """
    if error.field not in form.fields or form.fields[error.field].widget.is_hidden:
        return error
    form.add_error(error.field, str(error))
    return None
