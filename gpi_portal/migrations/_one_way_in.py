"""How data migrations bring working rows in line with a later rule; they print the name of each.

Migrations import these functions, so their behaviour must not change. They bypass `save()`: no record counts as
edited, nothing is published and the history stays as it is.
"""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import models

from gpi_portal.i18n.text import normalised

RESERVED = """
    carte charts cite compare comparer evidence export graphiques map none preuves record report signaler
"""
RESERVED_IN_MIGRATION = frozenset(RESERVED.split())


def normalise_texts(apps: Apps, app: str, *names: str) -> None:
    """Normalise the texts of these tables as if they were typed today."""
    for name in names:
        model = apps.get_model(app, name)
        fields = [field for field in model._meta.concrete_fields if is_typed(field)]
        for row in model.objects.order_by("pk").iterator():
            new = dict(changed_texts(row, fields))
            unseen = [column for column, text in new.items() if not text]
            if unseen:
                print(f"{name} {label(row)}: nothing can be seen in {', '.join(unseen)}; left as it is.")
            new = {column: text for column, text in new.items() if text}
            if new:
                model.objects.filter(pk=row.pk).update(**new)
                print(f"{name} {label(row)}: text normalised in {', '.join(new)}.")


def is_typed(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)


def changed_texts(row: Any, fields: list[models.Field]) -> Iterator[tuple[str, str]]:
    for field in fields:
        old = getattr(row, field.attname)
        new = normalised(old, lines=isinstance(field, models.TextField))
        if new != old and not (field.max_length and len(new) > field.max_length):
            yield field.attname, new


def tell_days(apps: Apps, app: str, *names: str) -> None:
    """Print the days that nobody could type today; they stay until somebody corrects them."""
    for name in names:
        model = apps.get_model(app, name)
        columns = [field.attname for field in model._meta.concrete_fields if field.get_internal_type() == "DateField"]
        for row in model.objects.order_by("pk") if columns else ():
            days = {column: getattr(row, column) for column in columns if getattr(row, column)}
            for column in (column for column, day in days.items() if not 1900 <= day.year <= 2100):
                print(f"{name} {label(row)}: {column} is {days[column]}; correct it before the record is published.")


def label(row: Any) -> str:
    return getattr(row, "code", "") or f"no. {row.pk}"


def settle_codes(apps: Apps, app: str, **nouns: str) -> None:
    """Mark the codes that have been public as fixed; change the others to lower case and away from reserved words.

    ``nouns``: name of the model → its noun. A record that lost its public code gets it back from its history.
    """
    versions = apps.get_model("gpi_portal", "PublishedVersion").objects
    for name, noun in nouns.items():
        model = apps.get_model(app, name)
        history = apps.get_model(app, f"historical{name}")
        seen = versions.filter(noun=noun).values("code")
        public = {row["code"] for row in seen}
        model.objects.filter(code__in=seen).update(public_code=models.F("code"))
        give_back(model, history, public, noun)
        settle_drafts(model, noun, {code.lower() for code in public})
        tell_conflicts(model, public, noun)
        tell_orphans(model, versions.filter(noun=noun, valid_to=None, withdrawn=False), noun)


def give_back(model: Any, history: Any, public: set[str], noun: str) -> None:
    """Restore the public code of a row that was renamed without the portal noticing."""
    free = public - set(model.objects.values_list("code", flat=True))
    for row in model.objects.filter(public_code="").order_by("pk"):
        past = history.objects.filter(id=row.pk, code__in=free).order_by("-history_date", "-history_id").first()
        if past:
            free.discard(past.code)
            model.objects.filter(pk=row.pk).update(code=past.code, public_code=past.code)
            print(f"{noun} {row.code}: is public as {past.code} and has that code again.")


def settle_drafts(model: Any, noun: str, public: set[str]) -> None:
    taken = public | set(model.objects.values_list("code", flat=True))
    for row in model.objects.filter(public_code="").order_by("pk"):
        wanted = row.code.lower()
        if wanted == row.code and wanted not in RESERVED_IN_MIGRATION | public:
            continue
        new = free_code(wanted, taken | RESERVED_IN_MIGRATION)
        taken.add(new)
        model.objects.filter(pk=row.pk).update(code=new)
        print(f"{noun} {row.code}: not public yet; its code is {new} now.")


def free_code(wanted: str, taken: set[str]) -> str:
    """The code, with the first free number after it if it is taken."""
    code, number = wanted, 1
    while code in taken:
        number += 1
        code = f"{wanted[:115]}-{number}"
    return code


def tell_conflicts(model: Any, public: set[str], noun: str) -> None:
    """Print what cannot be repaired: public codes that differ in case only, are now reserved, or have no row."""
    alike: dict[str, list[str]] = {}
    for code in sorted(public):
        alike.setdefault(code.lower(), []).append(code)
    for codes in alike.values():
        if len(codes) > 1:
            print(f"{noun}: {' and '.join(codes)} differ in case only. Both have been public and stay.")
    for code in sorted(code for code in public if code.lower() in RESERVED_IN_MIGRATION):
        print(f"{noun} {code}: has been public and stays, though filters and addresses use the word.")
    for code in sorted(public - set(model.objects.values_list("code", flat=True))):
        print(f"{noun} {code}: has been public, and no record has the code any more. It is never given again.")


def tell_orphans(model: Any, shown: Any, noun: str) -> None:
    """Print what is public without a record behind it: it was deleted or renamed after its publication."""
    for code in shown.exclude(code__in=model.objects.values("code")).order_by("code").values_list("code", flat=True):
        print(f"{noun} {code}: is still public, and no record stands behind it: see the command withdraw_lost.")


def settle_call_codes(apps: Apps, app: str, name: str, published: set[str]) -> None:
    """The same for rows that have codes; a code that a public document names does not change."""
    model = apps.get_model(app, name)
    taken = set(model.objects.values_list("code", flat=True))
    for row in model.objects.exclude(code__in=published).order_by("pk"):
        wanted = row.code.lower()
        if wanted != row.code or wanted in RESERVED_IN_MIGRATION:
            new = free_code(wanted, taken | RESERVED_IN_MIGRATION)
            taken.add(new)
            model.objects.filter(pk=row.pk).update(code=new)
            print(f"{name} {row.code}: not public yet; its code is {new} now.")
