from django.urls import include, path
from django.utils.translation import pgettext_lazy

from gpi_portal.views.reports import ReportView
from projects import views

app_name = "projects"

figures = [
    path("<slug:facet>.svg", views.ChartDrawing.as_view(), name="chart-drawing"),
    path("<slug:facet>.csv", views.ChartTable.as_view(), name="chart-table"),
]
map_pages = [
    path("", views.MapView.as_view(), name="map"),
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
    path(
        pgettext_lazy("URL", "projects/"),
        include(
            [
                path("cite.<str:kind>", views.ProjectListCitation.as_view(), name="projects-cite"),
                path("<slug:code>/cite.<str:kind>", views.ProjectCitation.as_view(), name="project-cite"),
            ]
        ),
    ),
    path(
        pgettext_lazy("URL", "recipients/"),
        include(
            [
                path("cite.<str:kind>", views.RecipientListCitation.as_view(), name="recipients-cite"),
                path("<slug:code>/cite.<str:kind>", views.RecipientCitation.as_view(), name="recipient-cite"),
            ]
        ),
    ),
    path("", views.OverviewView.as_view(), name="overview"),
    path(pgettext_lazy("URL", "projects/"), views.ProjectListView.as_view(), name="list"),
    path(pgettext_lazy("URL", "projects/charts/"), include(figures)),
    path(pgettext_lazy("URL", "projects/map/"), include(map_pages)),
    path(pgettext_lazy("URL", "projects/compare/"), views.CompareProjectsView.as_view(), name="compare"),
    path(pgettext_lazy("URL", "projects/<slug:code>/"), views.ProjectView.as_view(), name="project"),
    path(pgettext_lazy("URL", "recipients/"), views.RecipientListView.as_view(), name="recipients"),
    path(pgettext_lazy("URL", "recipients/compare/"), views.CompareRecipientsView.as_view(), name="compare-recipients"),
    path(pgettext_lazy("URL", "recipients/<slug:code>/"), views.RecipientView.as_view(), name="recipient"),
    path(pgettext_lazy("URL", "minerals/"), views.MineralListView.as_view(), name="minerals"),
    path(pgettext_lazy("URL", "minerals/<slug:code>/"), views.MineralView.as_view(), name="mineral"),
    path(pgettext_lazy("URL", "changes/"), views.ChangeListView.as_view(), name="changes"),
    path(pgettext_lazy("URL", "sources/"), views.SourceListView.as_view(), name="sources"),
]
