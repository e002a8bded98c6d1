"""The staff's site as a whole: its names, its front page, its addresses."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from gpi_portal.staff.sign_in import SignInForm


class StaffSite(admin.AdminSite):
    site_header = _("GPI Portal: program staff")
    site_title = _("GPI Portal")
    index_title = _("Catalogue and registry")
    login_form = SignInForm

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, without the one that tells anybody on the staff the public address of any row, drafts included."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]
