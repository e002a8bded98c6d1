"""What data migrations do to working rows that were written before a rule, told by name.

Migrations import these functions: what they do stays as it is. They write past `save()`, so that no record counts as
edited, nothing is published and the history keeps what it says.
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
    """Bring the texts of these tables into the form in which they would be kept if they were typed today."""
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
    """Name the days that nobody could type today; they stay until somebody corrects them."""
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
    """Fix the codes that have been public, and bring the others into lower case and away from reserved words.

    ``nouns``: name of the model → its noun. A record that lost its public code gets it back, as its history knows it.
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
    """A row that was published under one code and stands under another one has been renamed behind the door."""
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
    """The code itself, or with the first number behind it that nobody has."""
    code, number = wanted, 1
    while code in taken:
        number += 1
        code = f"{wanted[:115]}-{number}"
    return code


def tell_conflicts(model: Any, public: set[str], noun: str) -> None:
    """Name what nobody can mend: public codes that differ in case only, that a page took, that have no row."""
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
    """Name what the public sees and no record stands behind: it was deleted or renamed after its publication."""
    for code in shown.exclude(code__in=model.objects.values("code")).order_by("code").values_list("code", flat=True):
        print(f"{noun} {code}: is still public, and no record stands behind it: see the command withdraw_lost.")


def settle_call_codes(apps: Apps, app: str, name: str, published: set[str]) -> None:
    """The same for rows with a code of their own: those that a public document names stay as they are."""
    model = apps.get_model(app, name)
    taken = set(model.objects.values_list("code", flat=True))
    for row in model.objects.exclude(code__in=published).order_by("pk"):
        wanted = row.code.lower()
        if wanted != row.code or wanted in RESERVED_IN_MIGRATION:
            new = free_code(wanted, taken | RESERVED_IN_MIGRATION)
            taken.add(new)
            model.objects.filter(pk=row.pk).update(code=new)
            print(f"{name} {row.code}: not public yet; its code is {new} now.")
