"""Choosing what to compare: two to four records of one noun, and words to find more."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.fields import CodesField, WordsField, known_records

FEWEST, MOST = 2, 4


class ChosenField(CodesField):
    """At most four public records of one noun, each once, in the order of the query.

    At least two, or none unless required; fewer are valid while the visitor looks for more.
    """

    def __init__(self, noun: str, moment: Moment, *, fewest: int, **kwargs: Any) -> None:
        super().__init__(known=known_records(noun), **kwargs)
        self.fewest = fewest
        self.standing = PublishedVersion.objects.at(moment).noun(noun)

    def clean(self, value: list[str] | None) -> list[PublishedVersion]:
        given = [code for code in value or [] if code]
        number = len(set(given))
        if number > MOST:
            raise forms.ValidationError(_("Choose four at most: %(number)s are chosen.") % {"number": number})
        codes: list[str] = super().clean(given)
        versions = {version.code: version for version in self.standing.filter(code__in=codes)}
        wrong = [self.problem(code, versions.get(code), given.count(code)) for code in codes]
        if len(codes) < self.fewest and (codes or self.required):
            wrong.append(_("Choose at least two."))
        if any(wrong):
            raise forms.ValidationError([text for text in wrong if text])
        return [versions[code] for code in codes]

    @staticmethod
    def problem(code: str, version: PublishedVersion | None, times: int) -> str:
        """Why a code cannot be compared; empty if it can."""
        if version is None:
            return _("There is no such value: %(values)s") % {"values": _("“%(code)s”") % {"code": code}}
        if version.withdrawn:
            return _("“%(name)s” was withdrawn and cannot be compared.") % {"name": version.title}
        if times > 1:
            return _("“%(name)s” is chosen more than once.") % {"name": version.title}
        return ""


class ComparisonForm(forms.Form):
    """The records to compare, and words to find more. The parameter is the name of the noun."""

    q = WordsField(required=False)

    def __init__(self, noun: str, data: QueryDict, moment: Moment) -> None:
        super().__init__(data)
        #: Whether the button beside the words was pressed: nothing is compared yet.
        self.is_looking = "find" in data
        # Looking for records, or opening the page, is no error.
        required = noun in data or ("q" in data and not data.get("q", "").strip())
        fewest = 0 if self.is_looking else FEWEST
        self.fields[noun] = ChosenField(noun, moment, fewest=fewest, required=required and not self.is_looking)
