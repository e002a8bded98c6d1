"""The list of the records of a noun, as its columns declare it."""

from typing import Any, Self

from gpi_portal.i18n.languages import capitalized_lazy
from gpi_portal.models import Publishable
from gpi_portal.pages.list import ListView
from gpi_portal.query.answer import RecordAnswer
from gpi_portal.query.facets import facets_of
from gpi_portal.query.filters import FilterSet
from gpi_portal.query.record_filters import filters_of


class RecordListView(ListView):
    """A list with words, facets, pages and its reference."""

    model: type[Publishable]
    template_name = "record_list.html"

    @classmethod
    def of(cls, model: type[Publishable], **more: Any) -> type[Self]:
        """The view for the records of a noun."""
        own = {
            "model": model,
            "filterset_class": filters_of(model),
            "facets": tuple(facets_of(model).values()),
            "list_title": capitalized_lazy(model._meta.verbose_name_plural),
            "reference_key": f"gpi-{model.noun}-records",
        }
        return type(f"{model.__name__}ListView", (cls,), {**own, **more})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(list_title=self.list_title, **kwargs)

    def answer(self, filters: FilterSet) -> RecordAnswer:
        return RecordAnswer(filters, self.model)
