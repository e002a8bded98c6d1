from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from gpi_portal.staff.base import OwnedInline, PublishableAdmin, pair
from programs.models import (
    Call,
    FocusArea,
    FundingStream,
    PartnerInitiative,
    Program,
    ProgramPurpose,
    StreamCondition,
    SupportedActivity,
)

TEXTS: Any = (_("Texts"), {"fields": (pair("name"), pair("summary"), pair("description"))})


class PurposeInline(OwnedInline):
    model = ProgramPurpose
    fields = ("position", pair("text"))


class ActivityInline(OwnedInline):
    model = SupportedActivity
    fields = ("position", pair("text"))


class CallInline(OwnedInline):
    model = Call
    fields = (
        ("code", "position"),
        pair("name"),
        pair("summary"),
        ("opens_on", "closes_on"),
        ("envelope", "envelope_qualifier"),
        ("cap_per_project", "longest_years", "cost_share_percent"),
    )


class ConditionInline(OwnedInline):
    model = StreamCondition
    fields = (("criterion", "position"), ("admits", "excludes"), pair("text"))


@admin.register(Program)
class ProgramAdmin(PublishableAdmin):
    inlines = (PurposeInline,)
    fieldsets = (
        (None, {"fields": (("code", "parent"),)}),
        TEXTS,
        (_("Names"), {"fields": (pair("acronym"), "aliases", pair("department"))}),
        (
            _("Money and time"),
            {"fields": (("envelope", "envelope_qualifier", "envelope_rounded_to"), ("start_year", "end_year"))},
        ),
        (_("Contact"), {"fields": (pair("contact_name"), "contact_email")}),
    )


@admin.register(FocusArea)
class FocusAreaAdmin(PublishableAdmin):
    inlines = (ActivityInline,)
    fieldsets = ((None, {"fields": (("code", "program", "position"),)}), TEXTS)


@admin.register(FundingStream)
class FundingStreamAdmin(PublishableAdmin):
    inlines = (CallInline, ConditionInline)
    list_filter = (*PublishableAdmin.list_filter, "instrument", "program")
    fieldsets = (
        (None, {"fields": (("code", "program", "position"),)}),
        TEXTS,
        (_("Instrument"), {"fields": (("instrument", "repayable"),)}),
    )


@admin.register(PartnerInitiative)
class PartnerInitiativeAdmin(PublishableAdmin):
    list_filter = (*PublishableAdmin.list_filter, "kind", "focus_areas")
    fieldsets = (
        (None, {"fields": (("code", "kind", "part_of"),)}),
        (_("Texts"), {"fields": (pair("name"), pair("description"))}),
        (_("Names"), {"fields": (pair("acronym"), "aliases")}),
        (_("Links"), {"fields": ("focus_areas", "countries", "website")}),
    )
