"""Files at standard addresses: what crawlers may read, and the contact for security issues."""

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read everything public, except the endless combinations of filters."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """The contact for security issues (RFC 9116), if the operator has set one."""
    contact = settings.OPERATOR["operator_contact"]
    if not contact:
        raise Http404
    expires = timezone.now() + datetime.timedelta(days=180)
    lines = [f"Contact: mailto:{contact}", f"Expires: {expires:%Y-%m-%dT00:00:00Z}", "Preferred-Languages: en, fr"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
