"""The parameters of the registry's queries, the same for pages and files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import Filter

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.filters import (
    AmountFilter,
    CurrencyOption,
    DayFilter,
    FilterSet,
    MomentOfDayFilter,
    MomentOption,
    OrderOption,
    PageOption,
    PageSizeOption,
    VersionFilter,
    WordsFilter,
)
from projects.facets import CHANGE_FACETS, OF_RECIPIENT, PROJECT_FACETS
from projects.models import RecipientRow, RegistryRow

FACETS = {facet.name: facet for facet in PROJECT_FACETS}
OF_CHANGES = {facet.name: facet for facet in CHANGE_FACETS}
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
    stream: Filter = FACETS["stream"].filter()
    focus_area = FACETS["focus_area"].filter()
    program = FACETS["program"].filter()
    own_program = FACETS["own_program"].filter()
    recipient: Filter = FACETS["recipient"].filter()
    recipient_type = FACETS["recipient_type"].filter()
    agreement_type = FACETS["agreement_type"].filter()
    mineral = FACETS["mineral"].filter()
    initiative = FACETS["initiative"].filter()
    province = FACETS["province"].filter()
    country = FACETS["country"].filter()
    location = FACETS["location"].filter()
    certainty = FACETS["certainty"].filter()
    status = FACETS["status"].filter()
    fiscal_year = FACETS["fiscal_year"].filter()
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

    change = OF_CHANGES["change"].filter()
    noun = OF_CHANGES["noun"].filter()
    stream = OF_CHANGES["stream"].filter()
    recipient = OF_CHANGES["recipient"].filter()
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
    recipient_type = OF_RECIPIENT["recipient_type"].filter()
    province = OF_RECIPIENT["province"].filter()
    country = OF_RECIPIENT["country"].filter()
    currency = CurrencyOption(label=_("Currency of amounts"), held=held_currencies)
    as_of = MomentOption(label=_("As it stood on"))
    order = OrderOption(label=_("Sort by"), choices=RECIPIENT_ORDERS, by_amount=("-amount",))
    page = PageOption(label=_("Page"))
    page_size = PageSizeOption(label=_("Results per page"))

    class Meta:
        model = RecipientRow
        fields: list[Any] = []
