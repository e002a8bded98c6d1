"""The staff's site as a whole: its names, its front page, its addresses."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from gpi_portal.staff.sent import gives_back
from gpi_portal.staff.sign_in import SignInForm


class StaffSite(admin.AdminSite):
    site_header = _("GPI Portal: program staff")
    site_title = _("GPI Portal")
    index_title = _("Catalogue and registry")
    login_form = SignInForm

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's, but who is on the staff (again) goes on to what was asked for, not to the front page.

        It says so where that is a form whose texts are kept.
        """
        if request.method == "GET" and self.has_permission(request):
            view = LoginView(next_page="admin:index")
            view.setup(request)
            return redirect(view.get_success_url())
        asked = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
        return super().login(request, {"gives_back": gives_back(asked), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, without the one that tells anybody on the staff the public address of any row, drafts included."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]
