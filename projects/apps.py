from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Registry of funded projects")

    home_url = "projects:overview"
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
    #: What the pages of the staff show beside the records of every noun that is cited.
    staff_inlines = ("projects.admin.CitationInline",)
    staff_evidence = ("projects.evidence.RecordEvidence",)
