from django.utils.translation import gettext_lazy as _

from gpi_portal.models import Publishable, code_rule
from tests.results.columns import ResultColumns


class Result(ResultColumns, Publishable):
    """What a project has brought about."""

    noun = "result"
    publication_rank = 7

    class Meta(Publishable.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [code_rule("result")]
