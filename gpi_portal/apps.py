from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from gpi_portal.staff.roles import keep_roles


class PortalConfig(AppConfig):
    name = "gpi_portal"
    verbose_name = _("GPI Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Django makes the rights themselves in the same way; there is no call that could be made instead.
        post_migrate.connect(keep_roles)


class StaffConfig(AdminConfig):
    """Django's admin, with the portal's own site in place of Django's."""

    default_site = "gpi_portal.staff.site.StaffSite"
