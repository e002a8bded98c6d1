"""The query of a list of records: the filters that the columns of their noun declare."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.models import Publishable, PublishedVersion
from gpi_portal.query.facets import facets_of
from gpi_portal.query.filters import FilterSet, MomentOption, OrderOption, PageOption, PageSizeOption, WordsFilter

ORDERS = [("relevance", _("Best match")), ("title", _("Title, A to Z"))]


class RecordFilterSet(FilterSet):
    """What every list of records can be asked."""

    q = WordsFilter(label=_("Words"))
    as_of = MomentOption(label=_("As it stood on"))
    order = OrderOption(label=_("Sort by"), choices=ORDERS)
    page = PageOption(label=_("Page"))
    page_size = PageSizeOption(label=_("Results per page"))

    class Meta:
        model = PublishedVersion
        fields: list[Any] = []


def filters_of(model: type[Publishable]) -> type[RecordFilterSet]:
    """The query of the list of a noun."""
    own = {name: facet.filter() for name, facet in facets_of(model).items()}
    return type(f"{model.__name__}FilterSet", (RecordFilterSet,), own)
