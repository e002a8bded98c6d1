from projects.views.changes import ChangeListView
from projects.views.charts import ChartDrawing, ChartTable, MapDrawing, MapView
from projects.views.compare import CompareProjectsView, CompareRecipientsView
from projects.views.overview import OverviewView
from projects.views.projects import ProjectListView, ProjectView
from projects.views.recipients import RecipientListView, RecipientView
from projects.views.references import MineralListView, MineralView, SourceListView, SourceReportView

__all__ = [
    "ChangeListView",
    "ChartDrawing",
    "ChartTable",
    "CompareProjectsView",
    "CompareRecipientsView",
    "MapDrawing",
    "MapView",
    "MineralListView",
    "MineralView",
    "OverviewView",
    "ProjectListView",
    "ProjectView",
    "RecipientListView",
    "RecipientView",
    "SourceListView",
    "SourceReportView",
]
