"""The accounts of the staff, typed by the one way in like everything else."""

from django.contrib.auth.admin import UserAdmin

from gpi_portal.staff.fields import TypedForms


class AccountAdmin(TypedForms, UserAdmin):
    """An account with its days as YYYY-MM-DD."""
