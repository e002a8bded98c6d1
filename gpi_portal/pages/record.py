"""The page of one published record, its tombstone, and the page for days before it was public."""

from typing import Any, Self

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from gpi_portal.exports.bibliography import Reference
from gpi_portal.i18n.languages import LANGUAGES
from gpi_portal.models import Publishable, PublishedVersion
from gpi_portal.pages.base import PageView


class RecordView(PageView):
    """The page of one published record; a withdrawn one answers 410 with its tombstone.

    For a day before the record was public it answers 404 and says since when it is.
    """

    noun: str
    template_name = "record.html"

    @classmethod
    def of(cls, model: type[Publishable], **more: Any) -> type[Self]:
        """The view for the records of a noun."""
        return type(f"{model.__name__}View", (cls,), {"noun": model.noun, **more})

    def show(self, request: HttpRequest) -> HttpResponse:
        since: Any = self.first_version.valid_from_id
        if self.moment.number is not None and since > self.moment.number:
            context = PageView.get_context_data(self, version=self.first_version)
            return render(request, "not_yet.html", context, status=404)
        if self.version.withdrawn:
            return render(request, "withdrawn.html", self.get_context_data(), status=410)
        return super().show(request)

    @cached_property
    def first_version(self) -> PublishedVersion:
        """The version in which the record became public, whatever the moment."""
        versions = PublishedVersion.objects.filter(noun=self.noun, code=self.kwargs["code"])
        return self.found(versions.select_related("valid_from").order_by("valid_from_id").first())

    @cached_property
    def version(self) -> PublishedVersion:
        versions = PublishedVersion.objects.at(self.moment).select_related("valid_from")
        return self.found(versions.filter(noun=self.noun, code=self.kwargs["code"]).first())

    def found(self, version: PublishedVersion | None) -> PublishedVersion:
        if version is None:
            raise Http404(_("There is no record with the code “%(code)s”.") % {"code": self.kwargs["code"]})
        return version

    def reference(self) -> Reference:
        titles: dict[str, str] = {language: self.version.title_in(language) for language in LANGUAGES}
        key = f"{self.noun}-{self.version.code}"
        version: Any = self.registry_version  # never None, as there is a record
        return Reference.of(self.request, key, titles, self.moment, version)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            reference=self.reference(),
            version=self.version,
            history=PublishedVersion.objects.up_to(self.version).defer("document"),
            record=self.version.record,
            date_modified=self.version.valid_from.day,
            **kwargs,
        )
