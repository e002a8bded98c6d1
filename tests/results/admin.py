from django.contrib import admin

from gpi_portal.staff.base import PublishableAdmin
from tests.results.models import Result

admin.site.register(Result, PublishableAdmin)
