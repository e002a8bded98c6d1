"""The parameters of the registry's queries, the same for pages and files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import Filter

from gpi_portal.i18n.countries import PROVINCES, country_names
from gpi_portal.models import Change, PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.fields import known_choices, known_records, known_years
from gpi_portal.query.filters import (
    AmountFilter,
    CodesFilter,
    CurrencyOption,
    DayFilter,
    FilterSet,
    MomentOfDayFilter,
    MomentOption,
    OrderOption,
    PageOption,
    PageSizeOption,
    TagFilter,
    VersionFilter,
    WordsFilter,
)
from programs.columns import AgreementType
from projects.columns import RecipientType
from projects.models import Project, RecipientRow, RegistryRow
from projects.models.provenance import Certainty

COUNTRIES = known_choices(country_names("en"))
PLACES = known_choices([*country_names("en"), *(f"CA-{code}" for code in PROVINCES)])

#: The certainty of any value of a record, or of its amount.
CERTAINTIES = [*Certainty.values, *(f"amount-{certainty}" for certainty in Certainty.values)]

ROW_COLUMNS = {field.name for field in RegistryRow._meta.fields}

PROJECT_ORDERS = [
    ("relevance", _("Best match")),
    ("newest", _("Newest first")),
    ("oldest", _("Oldest first")),
    ("-amount", _("Largest amount first")),
    ("amount", _("Smallest amount first")),
    ("title", _("Title, A to Z")),
]

RECIPIENT_ORDERS = [
    ("relevance", _("Best match")),
    ("name", _("Name, A to Z")),
    ("-amount", _("Largest total first")),
]


def held_currencies(moment: Moment) -> set[str]:
    """The currencies of the registry's amounts at a moment."""
    stated = RegistryRow.objects.standing(moment).filter(cents__isnull=False)
    return set(stated.order_by().values_list("currency", flat=True).distinct())


class ProjectFilterSet(FilterSet):
    """The query of the registry."""

    ranges = (("date_from", "date_to"), ("amount_min", "amount_max"))

    q = WordsFilter(label=_("Words"))
    stream: Filter = CodesFilter("stream", label=_("Funding stream"), known=known_records("stream"))
    focus_area = TagFilter("focus_area", label=_("Focus area"), known=known_records("focus_area"))
    program = TagFilter("program", label=_("Program"), known=known_records("program"))
    own_program = CodesFilter("program", label=_("Program, without those under it"), known=known_records("program"))
    recipient: Filter = CodesFilter("recipient", label=_("Recipient"), known=known_records("recipient"))
    recipient_type = CodesFilter(
        "recipient_type", label=_("Type of recipient"), known=known_choices(RecipientType.values)
    )
    agreement_type = CodesFilter("agreement_type", label=_("Agreement type"), known=known_choices(AgreementType.values))
    mineral = TagFilter("mineral", label=_("Mineral"), known=known_records("mineral"))
    initiative = TagFilter("initiative", label=_("Partner initiative"), known=known_records("initiative"))
    province = CodesFilter("province", label=_("Recipient’s province or territory"), known=known_choices(PROVINCES))
    country = CodesFilter("country", label=_("Recipient’s country"), known=COUNTRIES)
    location = TagFilter("location", label=_("Place of the work"), known=PLACES)
    certainty = TagFilter("certainty", label=_("Certainty"), known=known_choices(CERTAINTIES))
    status = CodesFilter("status", label=_("Status"), known=known_choices(Project.Status.values))
    fiscal_year = CodesFilter("fiscal_year", label=_("Fiscal year"), known=known_years(RegistryRow, "fiscal_year"))
    date_from: Filter = DayFilter("date", "gte", label=_("From"))
    date_to: Filter = DayFilter("date", "lte", label=_("To"))
    currency = CurrencyOption(label=_("Currency of amounts"), held=held_currencies)
    amount_min = AmountFilter("cents", "gte", label=_("At least"))
    amount_max = AmountFilter("cents", "lte", label=_("At most"))
    as_of = MomentOption(label=_("As it stood on"))
    order = OrderOption(label=_("Sort by"), choices=PROJECT_ORDERS, by_amount=("-amount", "amount"))
    page = PageOption(label=_("Page"))
    page_size = PageSizeOption(label=_("Results per page"))

    class Meta:
        model = RegistryRow
        fields: list[Any] = []


class ChangeFilterSet(ProjectFilterSet):
    """The query of changes: the registry's filters, the kind of change and the days of publication."""

    change = CodesFilter("change", label=_("Kind of change"), known=known_choices(Change.values))
    noun = CodesFilter("noun", label=_("Kind of record"), known=lambda codes: set(nouns()).intersection(codes))
    stream = TagFilter("stream", label=_("Funding stream"), known=known_records("stream"))
    recipient = TagFilter("recipient", label=_("Recipient"), known=known_records("recipient"))
    version = VersionFilter("valid_from", "exact", label=_("Data version"))
    date_from = MomentOfDayFilter("valid_from__published_at", "gte", label=_("From"))
    date_to = MomentOfDayFilter("valid_from__published_at", "lte", label=_("To"))
    order = OrderOption(label=_("Sort by"), choices=[("newest", _("Newest first"))])

    class Meta:
        model = PublishedVersion
        fields: list[Any] = []

    def column(self, name: str) -> str:
        """The lookup of a column: the registry's are in the related row, all others in the version itself."""
        return f"registry_row__{name}" if name in ROW_COLUMNS else name


class RecipientFilterSet(FilterSet):
    """The query of the list of recipients."""

    q = WordsFilter(label=_("Words"))
    recipient_type = CodesFilter(
        "recipient_type", label=_("Type of recipient"), known=known_choices(RecipientType.values)
    )
    province = CodesFilter("province", label=_("Province or territory"), known=known_choices(PROVINCES))
    country = CodesFilter("country", label=_("Country"), known=COUNTRIES)
    currency = CurrencyOption(label=_("Currency of amounts"), held=held_currencies)
    as_of = MomentOption(label=_("As it stood on"))
    order = OrderOption(label=_("Sort by"), choices=RECIPIENT_ORDERS, by_amount=("-amount",))
    page = PageOption(label=_("Page"))
    page_size = PageSizeOption(label=_("Results per page"))

    class Meta:
        model = RecipientRow
        fields: list[Any] = []
