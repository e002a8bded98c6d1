"""The citation of a page as a file for reference managers."""

from typing import TYPE_CHECKING, Any

from django.forms.utils import ErrorList
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView

from gpi_portal.exports.bibliography import CitedPage
from gpi_portal.i18n.languages import active_language
from gpi_portal.query.fields import MomentForm, before_the_beginning

CONTENT_TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}

if TYPE_CHECKING:

    class CitablePage(TemplateView):
        """What every view has before which `CitationFile` is put."""

        moment_form: MomentForm

        def cited(self) -> CitedPage | None: ...
        def bad_query(self) -> str: ...

else:
    CitablePage = object


class CitationFile(CitablePage):
    """Put before a page's view: answers with the page's citation instead of the page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        errors = self.moment_form.errors.get("as_of", ErrorList())
        if errors:
            lines = "".join(f"as_of: {error}\n" for error in errors)
            return HttpResponse(lines, status=400, content_type="text/plain; charset=utf-8")
        return super().get(request, *args, **kwargs)

    def show(self, request: HttpRequest) -> HttpResponse:
        kind = self.kwargs["kind"]
        if kind not in CONTENT_TYPES:
            raise Http404
        cited = self.cited()
        if cited is None:
            reasons = self.bad_query() or f"{before_the_beginning()}\n"
            return HttpResponse(reasons, status=400, content_type="text/plain; charset=utf-8")
        text = cited.bibtex(active_language()) if kind == "bib" else cited.ris(active_language())
        response = HttpResponse(text, content_type=f"{CONTENT_TYPES[kind]}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{cited.key}.{kind}"'
        return response
