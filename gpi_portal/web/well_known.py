"""Files at addresses that every site has: what machines may read, and whom to tell of a security fault."""

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by machines; the admin and the endless combinations of filters need not be."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a security fault (RFC 9116), where the operator has set a contact."""
    contact = settings.OPERATOR["operator_contact"]
    if not contact:
        raise Http404
    expires = timezone.now() + datetime.timedelta(days=180)
    lines = [f"Contact: mailto:{contact}", f"Expires: {expires:%Y-%m-%dT00:00:00Z}", "Preferred-Languages: en, fr"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
