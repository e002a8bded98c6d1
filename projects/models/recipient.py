from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.countries import PROVINCES
from gpi_portal.models import Publishable, code_rule
from projects.columns import RecipientColumns, RecipientType
from projects.models.filter_rows import RecipientRow


class Recipient(RecipientColumns, Publishable):
    """Who receives the money: the name as published, and what other sources call it."""

    noun = "recipient"
    reserved_codes = ("compare", "comparer")
    publication_rank = 5
    is_suggested = True
    row_model = RecipientRow
    staff_columns = ("code", "business_number")

    class Meta(Publishable.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            code_rule("recipient"),
            models.CheckConstraint(
                condition=models.Q(province="") | models.Q(country="CA"),
                name="recipient_province_in_canada",
                violation_error_message=_("A province or territory needs Canada as the country."),
            ),
            models.CheckConstraint(
                condition=models.Q(recipient_type__in=["", *RecipientType.values]),
                name="recipient_type_known",
                violation_error_message=_("Unknown type of recipient."),
            ),
            models.CheckConstraint(
                condition=models.Q(province__in=["", *PROVINCES]),
                name="recipient_province_known",
                violation_error_message=_("Unknown province or territory."),
            ),
        ]
