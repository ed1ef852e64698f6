"""The administrator's pages: reference data only. Motions and paragraphs change through their actions."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import Group
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motions.enums import Role
from motions.models import (
    Body,
    Membership,
    NumberSeries,
    Organisation,
    Party,
    PartyAffiliation,
    Person,
    SecondFactor,
    SubstituteOrder,
    Term,
    User,
)

admin.site.site_header = _("Klubbslag: administration")
admin.site.site_title = _("Klubbslag")
admin.site.index_title = _("Organisation, personer och inloggningar")
admin.site.unregister(Group)  # roles are in motions.permissions; groups would be a second truth


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    """The one organisation: its words and formats. Its headings have a page of their own."""

    exclude = ["heading_profile"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one organisation."""
        return super().has_add_permission(request) and not Organisation.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: everything belongs to it."""
        return False


class TermInline(admin.TabularInline[Term, Body]):
    """A body's terms of office."""

    model = Term
    extra = 0


@admin.register(Body)
class BodyAdmin(admin.ModelAdmin[Body]):
    """Bodies and their terms."""

    list_display = ["name", "kind", "abbreviation", "seats"]
    inlines = [TermInline]


class SubstituteOrderInline(admin.TabularInline[SubstituteOrder, Party]):
    """Whose substitutes step in when the party has none left."""

    model = SubstituteOrder
    fk_name = "party"
    extra = 0


@admin.register(Party)
class PartyAdmin(admin.ModelAdmin[Party]):
    """Parties in the order of the roll, and their order of substitutes."""

    list_display = ["name", "code", "position"]
    inlines = [SubstituteOrderInline]


class AffiliationInline(admin.TabularInline[PartyAffiliation, Person]):
    """A person's parties by day."""

    model = PartyAffiliation
    extra = 0


class MembershipInline(admin.TabularInline[Membership, Person]):
    """A person's offices by day."""

    model = Membership
    extra = 0


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """Elected representatives with their parties and offices."""

    list_display = ["name"]
    search_fields = ["given_name", "family_name"]
    inlines = [AffiliationInline, MembershipInline]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Who sits in what, for a whole body at once."""

    list_display = ["person", "body", "role", "position", "starts_on", "ends_on"]
    list_filter = ["body", "role"]
    search_fields = ["person__family_name", "person__given_name"]
    autocomplete_fields = ["person"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(admin.ModelAdmin[NumberSeries]):
    """Where the series stand: set once when an authority starts in the middle of a year."""

    list_display = ["key", "year", "last"]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: a number would be given twice."""
        return False


class UserForm(ModelForm[User]):
    """A login without its password, which its owner sets by the link sent by mail."""

    roles = forms.MultipleChoiceField(
        label=_("Roller"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = User
        fields = ["email", "name", "roles", "person", "is_active"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Logins and their roles; a new login gets a mail to set its password."""

    form = UserForm
    list_display = ["name", "email", "role_labels", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    autocomplete_fields = ["person"]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[User], change: Any) -> None:
        """Save the login; a new one is invited by the mail that resets passwords."""
        if not change:
            # A password that nobody knows: no link is sent for a login without a usable one.
            obj.set_password(secrets.token_urlsafe(32))
        super().save_model(request, obj, form, change)
        if not change:
            invitation = PasswordResetForm({"email": obj.email})
            if invitation.is_valid():
                invitation.save(request=request, use_https=request.is_secure())

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: what a person did stays theirs. A login is made inactive instead."""
        return False


@admin.register(SecondFactor)
class SecondFactorAdmin(admin.ModelAdmin[SecondFactor]):
    """Who has turned the second factor on; removed for one who has lost both phone and recovery codes."""

    list_display = ["user", "confirmed_at"]
    fields = ["user", "confirmed_at"]
    search_fields = ["user__name", "user__email"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: only its owner has the key."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: there is nothing to change."""
        return False
