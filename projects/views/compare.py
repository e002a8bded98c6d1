from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.languages import Record
from gpi_portal.models import PublishedVersion
from gpi_portal.pages.base import PageView
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.filters import FilterSet
from projects.choosing import FEWEST, ComparisonForm
from projects.comparison import (
    LETTERS,
    Likeness,
    Line,
    arranged,
    project_gist,
    project_lines,
    recipient_gist,
    recipient_lines,
)
from projects.filters import ProjectFilterSet, RecipientFilterSet
from projects.registry import answer

OFFERED = 10
#: If a query names too many records, only the first of them are shown as chosen.
SHOWN = 25


class CompareView(PageView):
    """Records side by side, chosen by a repeated parameter with the name of their noun."""

    noun: str
    filterset_class: type[FilterSet]

    @staticmethod
    def lines(records: list[Record], moment: Moment) -> list[Line]:
        raise NotImplementedError

    @staticmethod
    def gist(record: Record) -> str:
        raise NotImplementedError

    @cached_property
    def form(self) -> ComparisonForm:
        return ComparisonForm(self.noun, self.request.GET, self.moment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        errors = self.form.errors
        found = self.form.cleaned_data.get(self.noun, [])
        chosen = [] if self.form.is_looking else found
        lines = self.lines([version.record for version in chosen], self.moment) if chosen else []
        ticked = found or self.ticked()
        return super().get_context_data(
            noun=self.noun,
            chosen=self.lettered(chosen),
            removable=len(chosen) > FEWEST,
            lines=lines,
            different=sum(line.likeness == Likeness.DIFFERENT for line in lines),
            currencies={version.document["currency"] for version in chosen if "currency" in version.document},
            ticked=self.with_gist(ticked),
            offered=self.with_gist(self.offered(ticked)),
            most_offered=OFFERED,
            errors=errors.get(self.noun, []),
            words=self.form["q"],
            **arranged(lines),
            **kwargs,
        )

    def with_gist(self, versions: list[PublishedVersion]) -> list[tuple[PublishedVersion, str]]:
        return [(version, self.gist(version.record)) for version in versions]

    def lettered(self, chosen: list[PublishedVersion]) -> list[dict[str, Any]]:
        """The key of the comparison: a letter for each record, and the query without it."""
        return [
            {"letter": letter, "version": version, "gist": gist, "without": self.query_without(version)}
            for letter, (version, gist) in zip(LETTERS, self.with_gist(chosen), strict=False)
        ]

    def ticked(self) -> list[PublishedVersion]:
        """The records that an invalid query names, so that nobody has to choose them again."""
        codes = [code for code in dict.fromkeys(self.request.GET.getlist(self.noun)) if code.isprintable()][:SHOWN]
        found = PublishedVersion.objects.public_at(self.moment).filter(noun=self.noun, code__in=codes)
        versions = {version.code: version for version in found}
        return [versions[code] for code in codes if code in versions]

    def offered(self, ticked: list[PublishedVersion]) -> list[PublishedVersion]:
        """Others to choose from: those that the words find, or the first of the list."""
        filters = self.filterset_class({name: self.request.GET.get(name, "") for name in ("q", "as_of")})
        if not filters.is_valid():
            return []
        codes = {version.code for version in ticked}
        found = answer(filters).versions(0, OFFERED + len(codes))
        return [version for version in found if version.code not in codes][:OFFERED]

    def query_without(self, version: PublishedVersion) -> str:
        query = self.request.GET.copy()
        query.setlist(self.noun, [code for code in query.getlist(self.noun) if code != version.code])
        return f"?{query.urlencode()}"


class CompareProjectsView(CompareView):
    noun = "project"
    template_name = "projects/compare_projects.html"
    section = "projects"
    parents = (("projects:list", _("Funded projects")),)
    filterset_class = ProjectFilterSet
    lines = staticmethod(project_lines)
    gist = staticmethod(project_gist)


class CompareRecipientsView(CompareView):
    noun = "recipient"
    template_name = "projects/compare_recipients.html"
    section = "recipients"
    parents = (("projects:recipients", _("Recipients")),)
    filterset_class = RecipientFilterSet
    lines = staticmethod(recipient_lines)
    gist = staticmethod(recipient_gist)
