from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Registry of funded projects")

    home_url = "projects:overview"
    pages = ("projects.urls",)
    sitemap_pages = (
        "projects:list",
        "projects:map",
        "projects:compare",
        "projects:recipients",
        "projects:compare-recipients",
        "projects:minerals",
        "projects:sources",
        "projects:changes",
    )
    #: What staff pages show with the records of every noun that has citations.
    staff_inlines = ("projects.admin.CitationInline",)
    staff_evidence = ("projects.evidence.RecordEvidence",)
