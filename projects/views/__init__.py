from projects.views.changes import ChangeListView
from projects.views.compare import CompareProjectsView, CompareRecipientsView
from projects.views.figure_files import ChartDrawing, ChartTable, MapDrawing
from projects.views.map import MapView
from projects.views.minerals import MineralListView, MineralView
from projects.views.overview import OverviewView
from projects.views.projects import ProjectListView, ProjectView
from projects.views.recipients import RecipientListView, RecipientView
from projects.views.sources import SourceListView, SourceReportView

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
