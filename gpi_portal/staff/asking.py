"""Pages of the admin that ask before something is done, and the form that carries what they showed."""

from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from gpi_portal.staff.forms import CarriedField
from gpi_portal.staff.sent import OPENED, is_given_back, open_form

#: Servers refuse addresses of 8,190 characters and more.
LONGEST_QUERY = 6000


class ConfirmForm(forms.Form):
    """Carries what its page showed, so that nothing is done but what was read."""

    opened = CarriedField(required=False)
    confirmed = CarriedField(required=False, max_length=64)
    seen = CarriedField(required=False, max_length=500_000)

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed; only after `is_valid()`."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in ConfirmForm.base_fields}

    def confirms(self, shown: Any) -> bool:
        """Whether what its page showed before is what it shows now."""
        return self.data.get("confirmed") == str(shown)

    def show(self, request: HttpRequest, shown: Any, seen: Iterable[str] = ()) -> frozenset[str] | None:
        """Let the form carry what its page shows now; the digests of what it showed before, None at the first time."""
        before = frozenset(self.data.get("seen", "").split()) if self.is_bound else None
        carried = {OPENED: open_form(request), "confirmed": str(shown), "seen": " ".join(seen)}
        self.initial.update(carried)
        if self.is_bound:
            data: Any = self.data
            self.data = data = data.copy()
            data.update(carried)
        return before


class Question(NamedTuple):
    """One page that asks: its address below that of the list, its title, its template, its form."""

    route: str
    title: Any
    template: str
    form: type[ConfirmForm]


class AskingAdmin(admin.ModelAdmin):
    """Each question has a view of its name, such as ``publish_view`` for ``publish``."""

    questions: ClassVar[dict[str, Question]] = {}

    def own_url(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def fields_asked(self, what: str, object_id: str) -> dict[str, forms.Field]:
        """The fields of a question, whoever may answer it; ``object_id``: the row that it is about, if any."""
        return self.questions[what].form.base_fields

    def get_urls(self) -> list[URLPattern]:
        prefix, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        own = [
            path(question.route, view(getattr(self, f"{name}_view")), name=f"{prefix}_{name}")
            for name, question in self.questions.items()
        ]
        return [*own, *super().get_urls()]

    def ask_about(self, request: HttpRequest, what: str, **chosen: Iterable[Any]) -> HttpResponse | None:
        """To the page that asks about what is chosen; back to the list where an address cannot hold all."""
        query = "&".join(f"{name}={','.join(str(value) for value in values)}" for name, values in chosen.items())
        if len(query) <= LONGEST_QUERY:
            return redirect(f"{self.own_url(what)}?{query}")
        self.message_user(request, _("These are too many at once: choose fewer."), messages.WARNING)
        return None

    def confirm(
        self, request: HttpRequest, what: str, records: Iterable[Any], form: Any, problems: list[str], **more: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.questions[what].title,
            "records": records,
            "form": form,
            "problems": problems,
            "is_given_back": is_given_back(request),
            **more,
        }
        return TemplateResponse(request, self.questions[what].template, context)
