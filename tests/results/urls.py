from django.utils.translation import pgettext_lazy

from gpi_portal.pages.record import RecordView
from gpi_portal.pages.record_list import RecordListView
from gpi_portal.routes import list_page, record_page
from tests.results.models import Result

app_name = "results"

urlpatterns = [
    list_page(pgettext_lazy("URL", "results/"), RecordListView.of(Result), "list"),
    record_page(pgettext_lazy("URL", "results/<slug:code>/"), RecordView.of(Result)),
]
