from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path
from django.utils.translation import pgettext_lazy
from django.views.i18n import set_language

from gpi_portal.corrections.views import CorrectionListView
from gpi_portal.gallery.views import gallery
from gpi_portal.i18n import glossary
from gpi_portal.nouns import given
from gpi_portal.pages.about import AboutView
from gpi_portal.pages.root import root
from gpi_portal.pages.search import SearchView
from gpi_portal.pages.suggest import suggest
from gpi_portal.routes import list_page
from gpi_portal.web import health, well_known
from gpi_portal.web.sitemaps import SITEMAPS

about = [
    path(pgettext_lazy("URL", "data/"), AboutView.as_view(template_name="about/data.html"), name="about-data"),
    path(
        pgettext_lazy("URL", "accessibility/"),
        AboutView.as_view(template_name="about/accessibility.html"),
        name="about-accessibility",
    ),
    path(pgettext_lazy("URL", "terms/"), AboutView.as_view(template_name="about/terms.html"), name="about-terms"),
    path(
        pgettext_lazy("URL", "privacy/"),
        AboutView.as_view(
            template_name="about/privacy.html",
            extra_context={"report_days": settings.REPORT_DAYS, "wait_days": settings.REPORT_WAIT_DAYS},
        ),
        name="about-privacy",
    ),
    path(
        pgettext_lazy("URL", "glossary/"),
        AboutView.as_view(template_name="about/glossary.html", extra_context={"terms": glossary.in_order}),
        name="about-glossary",
    ),
    path(pgettext_lazy("URL", "search/"), AboutView.as_view(template_name="about/search.html"), name="about-search"),
]

urlpatterns = [
    path("", root, name="root"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("admin/gallery/", gallery, name="gallery"),
    path("admin/language/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        list_page(pgettext_lazy("URL", "search/"), SearchView, "search"),
        path(pgettext_lazy("URL", "suggest/"), suggest, name="suggest"),
        path(pgettext_lazy("URL", "about/"), include(about)),
        path(pgettext_lazy("URL", "corrections/"), CorrectionListView.as_view(), name="corrections"),
        *(path("", include(pages)) for pages in given("pages")),
    ),
]

handler400 = "gpi_portal.pages.errors.bad_request"
handler403 = "gpi_portal.pages.errors.forbidden"
handler404 = "gpi_portal.pages.errors.not_found"
