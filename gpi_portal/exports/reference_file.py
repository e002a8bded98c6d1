"""The reference of a page as a file for reference managers."""

from typing import TYPE_CHECKING, Any

from django.forms.utils import ErrorList
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView

from gpi_portal.exports.bibliography import Reference
from gpi_portal.i18n.languages import active_language
from gpi_portal.query.fields import MomentForm, before_the_beginning

CONTENT_TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}

if TYPE_CHECKING:

    class ReferencePage(TemplateView):
        """What `ReferenceFile` needs of the view that it is mixed into."""

        moment_form: MomentForm

        def reference(self) -> Reference | None: ...
        def bad_query(self) -> str: ...

else:
    ReferencePage = object


class ReferenceFile(ReferencePage):
    """A mixin before the view of a page: it answers with the page's reference instead of the page."""

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
        reference = self.reference()
        if reference is None:
            reasons = self.bad_query() or f"{before_the_beginning()}\n"
            return HttpResponse(reasons, status=400, content_type="text/plain; charset=utf-8")
        text = reference.bibtex(active_language()) if kind == "bib" else reference.ris(active_language())
        response = HttpResponse(text, content_type=f"{CONTENT_TYPES[kind]}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{reference.key}.{kind}"'
        return response
