"""How forms and fields become HTML: through the project's own components."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group }}` use templates/components/."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
