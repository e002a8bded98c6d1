from django.contrib import admin
from django.contrib.auth.models import Group, User

from gpi_portal.corrections.admin import ErrorReportAdmin
from gpi_portal.models import ErrorReport
from gpi_portal.staff.accounts import AccountAdmin, RoleAdmin

admin.site.register(ErrorReport, ErrorReportAdmin)
admin.site.unregister((User, Group))  # Django registers its own pages for them
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
