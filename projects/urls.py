from django.urls import include, path
from django.utils.translation import pgettext_lazy

from gpi_portal.views.citations import with_citation
from gpi_portal.views.reports import ReportView
from projects import views

app_name = "projects"

figures = [
    path("<slug:facet>.svg", views.ChartDrawing.as_view(), name="chart-drawing"),
    path("<slug:facet>.csv", views.ChartTable.as_view(), name="chart-table"),
]
map_pages = [
    *with_citation(views.MapView, "map"),
    path("<slug:sheet>.svg", views.MapDrawing.as_view(), name="map-drawing"),
]

reports = [
    path(pgettext_lazy("URL", "projects/<slug:code>/report/"), ReportView.on(views.ProjectView), name="project-report"),
    path(
        pgettext_lazy("URL", "recipients/<slug:code>/report/"),
        ReportView.on(views.RecipientView),
        name="recipient-report",
    ),
    path(pgettext_lazy("URL", "minerals/<slug:code>/report/"), ReportView.on(views.MineralView), name="mineral-report"),
    path(pgettext_lazy("URL", "sources/<slug:code>/report/"), views.SourceReportView.as_view(), name="source-report"),
]

urlpatterns = [
    *reports,
    path("", views.OverviewView.as_view(), name="overview"),
    path(pgettext_lazy("URL", "projects/"), include(with_citation(views.ProjectListView, "list"))),
    path(pgettext_lazy("URL", "projects/charts/"), include(figures)),
    path(pgettext_lazy("URL", "projects/map/"), include(map_pages)),
    path(pgettext_lazy("URL", "projects/compare/"), views.CompareProjectsView.as_view(), name="compare"),
    path(pgettext_lazy("URL", "projects/<slug:code>/"), include(with_citation(views.ProjectView, "project"))),
    path(pgettext_lazy("URL", "recipients/"), include(with_citation(views.RecipientListView, "recipients"))),
    path(pgettext_lazy("URL", "recipients/compare/"), views.CompareRecipientsView.as_view(), name="compare-recipients"),
    path(pgettext_lazy("URL", "recipients/<slug:code>/"), include(with_citation(views.RecipientView, "recipient"))),
    path(pgettext_lazy("URL", "minerals/"), views.MineralListView.as_view(), name="minerals"),
    path(pgettext_lazy("URL", "minerals/<slug:code>/"), include(with_citation(views.MineralView, "mineral"))),
    path(pgettext_lazy("URL", "changes/"), include(with_citation(views.ChangeListView, "changes"))),
    path(pgettext_lazy("URL", "sources/"), views.SourceListView.as_view(), name="sources"),
]
