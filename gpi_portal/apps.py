from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gpi_portal"
    verbose_name = "GPI Portal"
    default_auto_field = "django.db.models.BigAutoField"
