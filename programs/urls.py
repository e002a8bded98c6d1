from django.urls import path
from django.utils.translation import pgettext_lazy

from gpi_portal.routes import record_page
from programs import views

app_name = "programs"

urlpatterns = [
    path(pgettext_lazy("URL", "programs/"), views.CatalogueView.as_view(), name="list"),
    record_page(pgettext_lazy("URL", "programs/<slug:code>/"), views.ProgramView),
    record_page(pgettext_lazy("URL", "focus-areas/<slug:code>/"), views.FocusAreaView),
    record_page(pgettext_lazy("URL", "streams/<slug:code>/"), views.StreamView),
    path(pgettext_lazy("URL", "find-a-stream/"), views.FindStreamView.as_view(), name="find-a-stream"),
    record_page(pgettext_lazy("URL", "initiatives/<slug:code>/"), views.InitiativeView),
]
