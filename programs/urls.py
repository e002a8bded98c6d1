from django.urls import include, path
from django.utils.translation import pgettext_lazy

from gpi_portal.views.citations import with_citation
from gpi_portal.views.reports import ReportView
from programs import views

app_name = "programs"

reports = [
    path(pgettext_lazy("URL", "programs/<slug:code>/report/"), ReportView.on(views.ProgramView), name="program-report"),
    path(
        pgettext_lazy("URL", "focus-areas/<slug:code>/report/"),
        ReportView.on(views.FocusAreaView),
        name="focus_area-report",
    ),
    path(pgettext_lazy("URL", "streams/<slug:code>/report/"), ReportView.on(views.StreamView), name="stream-report"),
    path(
        pgettext_lazy("URL", "initiatives/<slug:code>/report/"),
        ReportView.on(views.InitiativeView),
        name="initiative-report",
    ),
]

urlpatterns = [
    *reports,
    path(pgettext_lazy("URL", "programs/"), views.CatalogueView.as_view(), name="list"),
    path(pgettext_lazy("URL", "programs/<slug:code>/"), include(with_citation(views.ProgramView, "program"))),
    path(pgettext_lazy("URL", "focus-areas/<slug:code>/"), include(with_citation(views.FocusAreaView, "focus_area"))),
    path(pgettext_lazy("URL", "streams/<slug:code>/"), include(with_citation(views.StreamView, "stream"))),
    path(pgettext_lazy("URL", "find-a-stream/"), views.FindStreamView.as_view(), name="find-a-stream"),
    path(pgettext_lazy("URL", "initiatives/<slug:code>/"), include(with_citation(views.InitiativeView, "initiative"))),
]
