from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from programs.glossary import TERMS


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("Catalogue of programs")

    pages = ("programs.urls",)
    sitemap_pages = ("programs:list", "programs:find-a-stream")
    glossary_terms = TERMS
