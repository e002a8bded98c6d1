"""Public codes: in lower case, never reused, and never a word that has another meaning in an address."""

from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext, gettext_lazy

from gpi_portal.models.published import PublishedVersion
from gpi_portal.nouns import reserved_codes

#: What every filter reads as "not stated".
FILTER_WORDS = frozenset({"none"})
#: Words that an address of any noun has, or will have, in the place of a code: files and the error form.
ADDRESS_WORDS = frozenset(["cite", "evidence", "export", "preuves", "record", "report", "signaler"])


class Coded(Protocol):
    """A working row with a public code; ``public_code`` is the one that the public has seen, if any."""

    noun: str
    code: str
    public_code: str


def reserved_words() -> frozenset[str]:
    """Every word that cannot be a code: those of filters and addresses, and those that nouns declare."""
    return FILTER_WORDS | ADDRESS_WORDS | reserved_codes()


def validate_not_reserved(code: str) -> None:
    if code.lower() in reserved_words():
        words = gettext_lazy("“%(code)s” already has a meaning in the addresses of the site. Choose another code.")
        raise ValidationError(words, params={"code": code})


def has_been_public(noun: str, code: str) -> bool:
    """Whether the public has ever seen this code on a record of the noun, in any case."""
    versions = PublishedVersion.objects.alias(lower=Lower("code"))
    return versions.filter(noun=noun, lower=code.lower()).exists()


def problem_of_code(record: Coded) -> str:
    """Why the record may not have its code, in words; empty if it may."""
    words = {"code": record.code, "public": record.public_code}
    if record.public_code and record.code != record.public_code:
        return gettext("“%(public)s” has been public, so it cannot be changed to “%(code)s”.") % words
    if not record.public_code and has_been_public(record.noun, record.code):
        return gettext("“%(code)s” was the public code of another record: a code is given once for ever.") % words
    return ""


def code_rule(noun: str) -> models.CheckConstraint:
    """The constraint in the database: a code is in lower case, and fixed once it is public."""
    return models.CheckConstraint(
        condition=models.Q(public_code="", code=Lower("code")) | models.Q(code=models.F("public_code")),
        name=f"{noun}_code_lower_and_fixed",
        violation_error_message=gettext_lazy("A code is in lower case, and fixed once it has been public."),
    )


def refuse_code(record: Coded, exclude: Any) -> None:
    """Raise the problem of a code beside its field, or for the whole record if the form lacks the field."""
    problem = problem_of_code(record)
    if problem:
        raise ValidationError(problem if "code" in (exclude or ()) else {"code": problem})
