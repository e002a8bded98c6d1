from django.urls import path
from django.utils.translation import pgettext_lazy

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
    path(pgettext_lazy("URL", "programs/<slug:code>/"), views.ProgramView.as_view(), name="program"),
    path(pgettext_lazy("URL", "focus-areas/<slug:code>/"), views.FocusAreaView.as_view(), name="focus_area"),
    path(pgettext_lazy("URL", "streams/<slug:code>/"), views.StreamView.as_view(), name="stream"),
    path(pgettext_lazy("URL", "find-a-stream/"), views.FindStreamView.as_view(), name="find-a-stream"),
    path(pgettext_lazy("URL", "initiatives/<slug:code>/"), views.InitiativeView.as_view(), name="initiative"),
]
