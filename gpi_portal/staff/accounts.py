"""The accounts of staff and their groups, found like everything else in the admin."""

from django.contrib.auth.admin import GroupAdmin, UserAdmin

from gpi_portal.staff.searching import TextSearch


class AccountAdmin(TextSearch, UserAdmin):
    """The people who work here."""


class AccountGroupAdmin(TextSearch, GroupAdmin):
    """What several of them have in common."""
