from django.urls import include, path
from django.utils.translation import pgettext_lazy

from gpi_portal.views.citations import with_citation
from programs import views

app_name = "programs"

urlpatterns = [
    path(pgettext_lazy("URL", "programs/"), views.CatalogueView.as_view(), name="list"),
    path(pgettext_lazy("URL", "programs/<slug:code>/"), include(with_citation(views.ProgramView, "program"))),
    path(pgettext_lazy("URL", "focus-areas/<slug:code>/"), include(with_citation(views.FocusAreaView, "focus_area"))),
    path(pgettext_lazy("URL", "streams/<slug:code>/"), include(with_citation(views.StreamView, "stream"))),
    path(pgettext_lazy("URL", "find-a-stream/"), views.FindStreamView.as_view(), name="find-a-stream"),
    path(pgettext_lazy("URL", "initiatives/<slug:code>/"), include(with_citation(views.InitiativeView, "initiative"))),
]
