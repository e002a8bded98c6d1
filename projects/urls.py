from django.urls import include, path
from django.utils.translation import pgettext_lazy

from gpi_portal.routes import list_page, record_page, with_reference
from projects import views

app_name = "projects"

figures = [
    path("<slug:facet>.svg", views.ChartDrawing.as_view(), name="chart-drawing"),
    path("<slug:facet>.csv", views.ChartTable.as_view(), name="chart-table"),
]
map_pages = [
    *with_reference(views.MapView, "map"),
    path("<slug:sheet>.svg", views.MapDrawing.as_view(), name="map-drawing"),
]

urlpatterns = [
    path("", views.OverviewView.as_view(), name="overview"),
    list_page(pgettext_lazy("URL", "projects/"), views.ProjectListView, "list"),
    path(pgettext_lazy("URL", "projects/charts/"), include(figures)),
    path(pgettext_lazy("URL", "projects/map/"), include(map_pages)),
    path(pgettext_lazy("URL", "projects/compare/"), views.CompareProjectsView.as_view(), name="compare"),
    record_page(pgettext_lazy("URL", "projects/<slug:code>/"), views.ProjectView),
    list_page(pgettext_lazy("URL", "recipients/"), views.RecipientListView, "recipients"),
    path(pgettext_lazy("URL", "recipients/compare/"), views.CompareRecipientsView.as_view(), name="compare-recipients"),
    record_page(pgettext_lazy("URL", "recipients/<slug:code>/"), views.RecipientView),
    path(pgettext_lazy("URL", "minerals/"), views.MineralListView.as_view(), name="minerals"),
    record_page(pgettext_lazy("URL", "minerals/<slug:code>/"), views.MineralView),
    list_page(pgettext_lazy("URL", "changes/"), views.ChangeListView, "changes"),
    path(pgettext_lazy("URL", "sources/<slug:code>/report/"), views.SourceReportView.as_view(), name="source-report"),
    path(pgettext_lazy("URL", "sources/"), views.SourceListView.as_view(), name="sources"),
]
