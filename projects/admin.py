from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.figures import money
from gpi_portal.i18n.languages import capitalized
from gpi_portal.models import Publishable
from gpi_portal.publishing.wording import field_name
from gpi_portal.staff.base import OwnedInline, PublishableAdmin, pair
from gpi_portal.staff.citations import CITATIONS
from gpi_portal.staff.row_pages import OwnPageRows
from projects.citation_form import CitationForm, CitationFormSet
from projects.models import Amendment, Citation, CoFunding, Location, Mineral, Project, Recipient, Source
from projects.models.provenance import citable_fields


class CitationInline(OwnPageRows, OwnedInline):
    """The sources of the record's values."""

    relation = CITATIONS
    model = Citation
    form = CitationForm
    formset = CitationFormSet
    autocomplete_fields = ("source",)
    fields = ("supports_now", ("field", "certainty", "position"), ("source", "heading"), "value", pair("note"))

    @classmethod
    def belongs_to(cls, model: type[Publishable]) -> bool:
        return model.noun in Citation.HOLDERS

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "field":
            words = {name: field_name(self.parent_model, name) for name in citable_fields(self.parent_model)}
            choices = sorted(words.items(), key=lambda item: item[1])
            return forms.ChoiceField(label=capitalized(db_field.verbose_name), choices=[("", "—"), *choices])
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class CoFundingInline(OwnedInline):
    model = CoFunding
    autocomplete_fields = ("initiative",)
    fields = (
        pair("funder"),
        ("initiative", "position"),
        ("amount", "currency", "amount_qualifier", "amount_rounded_to"),
        pair("note"),
    )


class LocationInline(OwnedInline):
    model = Location
    fields = (
        ("kind", "position"),
        pair("name"),
        ("country", "province"),
        ("latitude", "longitude", "precision"),
    )


class AmendmentInline(OwnedInline):
    model = Amendment
    fields = (("number", "amended_on"), ("value", "end_date", "terminates"), pair("reason"))


@admin.register(Project)
class ProjectAdmin(PublishableAdmin):
    list_display = ("__str__", "code", "state", "waiting", "recipient", "amount_in_words", "modified_at")
    list_filter = (*PublishableAdmin.list_filter, "program", "stream", "agreement_type", "status", "focus_areas")
    list_select_related = ("recipient",)
    read_with = ("recipient",)
    named_with = ("program", "program__parent", "stream", "focus_areas", "initiatives", "minerals")
    inlines = (CoFundingInline, LocationInline, AmendmentInline)
    fieldsets = (
        (None, {"fields": (("code", "origin"), ("recipient", "status"), ("program", "stream"))}),
        (_("Texts"), {"fields": (pair("title"), pair("description"))}),
        (
            _("Money"),
            {"fields": ("agreement_type", ("amount", "currency"), ("amount_qualifier", "amount_rounded_to"))},
        ),
        (_("Dates"), {"fields": ("announced_on", ("start_date", "end_date", "end_open"))}),
        (_("Links"), {"fields": ("focus_areas", "minerals", "initiatives")}),
        (
            _("Federal disclosure"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("reference_number", "agreement_number", "owner_organization"),
                    pair("purpose"),
                    pair("expected_results"),
                    pair("coverage"),
                    pair("research_organization"),
                    ("naics", "postal_code"),
                    pair("riding_name"),
                    "riding_number",
                    ("foreign_currency", "foreign_value"),
                    pair("additional_information"),
                ),
            },
        ),
    )

    @admin.display(description=_("amount"), ordering="amount", empty_value="")
    def amount_in_words(self, obj: Project) -> str | None:
        return None if obj.amount is None else money(obj.amount, obj.currency, obj.amount_rounded_to)

    def get_readonly_fields(self, request: HttpRequest, obj: Publishable | None = None) -> Any:
        """Fields whose value the latest amendment gives are edited there."""
        derived = Project.DERIVED if isinstance(obj, Project) and obj.amendments.exists() else ()
        return (*super().get_readonly_fields(request, obj), *derived)


@admin.register(Recipient)
class RecipientAdmin(PublishableAdmin):
    list_display = ("__str__", "code", "recipient_type", "country", "province", "state", "waiting", "modified_at")
    list_filter = (*PublishableAdmin.list_filter, "recipient_type", "province")
    fieldsets = (
        (None, {"fields": (("code", "recipient_type"),)}),
        (
            _("Names"),
            {"fields": (pair("name"), pair("legal_name"), pair("operating_name"), "aliases", pair("description"))},
        ),
        (_("Place"), {"fields": (("country", "province"), pair("city"))}),
        (_("Identity"), {"fields": (("business_number", "website"),)}),
    )


admin.site.register(Mineral, PublishableAdmin)


@admin.register(Source)
class SourceAdmin(PublishableAdmin):
    list_display = ("__str__", "code", "kind", "published_on", "state", "waiting", "modified_at")
    list_filter = (*PublishableAdmin.list_filter, "kind", "language")
    fieldsets = (
        (None, {"fields": (("code", "kind", "language"),)}),
        (_("Texts"), {"fields": (pair("title"), pair("publisher"), "url", pair("licence"))}),
        (_("Dates"), {"fields": (("published_on", "retrieved_on"),)}),
    )
