"""The catalogue's pages. They read published versions; what hangs on a record is found by its tags."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.models import PublishedVersion
from gpi_portal.pages.base import PageView
from gpi_portal.pages.record import RecordView
from gpi_portal.publishing.moments import today
from programs.calls import calls_of
from programs.finder import FinderForm, advise, contact_of_all
from programs.models import PartnerInitiative

CATALOGUE_NOUNS = ("program", "focus_area", "stream", "initiative")

#: What the partner initiatives of a kind are together, in the order of the page.
KINDS_OF_INITIATIVES = {
    PartnerInitiative.Kind.ORGANIZATION: _("Organizations"),
    PartnerInitiative.Kind.INITIATIVE: _("Initiatives"),
    PartnerInitiative.Kind.CONSORTIUM: _("Research consortia"),
    PartnerInitiative.Kind.LAW: _("Laws"),
    PartnerInitiative.Kind.STANDARD: _("Standards and frameworks"),
    PartnerInitiative.Kind.GOALS: _("International goals"),
}


def by_noun(versions: list[PublishedVersion]) -> dict[str, list[PublishedVersion]]:
    """The versions under the plural of their noun, in the order that staff gave them, else by name."""
    ordered = sorted(versions, key=lambda version: version.document.get("position", 0))
    return {f"{noun}s": [version for version in ordered if version.noun == noun] for noun in CATALOGUE_NOUNS}


class CatalogueView(PageView):
    """Everything that the catalogue holds, on one page."""

    template_name = "programs/catalogue.html"
    section = "programs"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = PublishedVersion.objects.public_at(self.moment).noun(*CATALOGUE_NOUNS).select_related("valid_from")
        found = list(versions.by_name())
        dates = [version.valid_from.day for version in found]
        catalogue = by_noun(found)
        kinds = [
            {
                "kind": kind,
                "name": name,
                "versions": [version for version in catalogue["initiatives"] if version.document["kind"] == kind],
            }
            for kind, name in KINDS_OF_INITIATIVES.items()
        ]
        return super().get_context_data(date_modified=max(dates, default=None), kinds=kinds, **catalogue, **kwargs)


class CatalogueRecordView(RecordView):
    """One record of the catalogue with the other records that name it."""

    section = "programs"
    parents = (("programs:list", _("Programs and streams")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.kwargs["code"]
        versions = PublishedVersion.objects.public_at(self.moment).noun(*CATALOGUE_NOUNS)
        related = versions.referring_to(self.noun, code).by_name()
        return super().get_context_data(**by_noun(list(related)), **kwargs)


class ProgramView(CatalogueRecordView):
    noun = "program"
    template_name = "programs/program.html"


class FocusAreaView(CatalogueRecordView):
    noun = "focus_area"
    template_name = "programs/focus_area.html"


class StreamView(CatalogueRecordView):
    noun = "stream"
    template_name = "programs/stream.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(today=self.moment.day or today(), **kwargs)


class InitiativeView(CatalogueRecordView):
    noun = "initiative"
    template_name = "programs/initiative.html"


class FindStreamView(PageView):
    """Three questions; per stream what the sources say for and against it, and what they leave open."""

    template_name = "programs/find_stream.html"
    section = "programs"
    parents = (("programs:list", _("Programs and streams")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FinderForm(self.request.GET)
        day = self.moment.day or today()
        streams = PublishedVersion.objects.public_at(self.moment).noun("stream").by_name()
        advice = advise(form.answers, self.moment) if form.answers else []
        return super().get_context_data(
            form=form,
            advice=advice,
            contact=contact_of_all(advice),
            calls=calls_of(sorted(streams, key=lambda version: version.document["position"]), day),
            today=day,
            **kwargs,
        )
