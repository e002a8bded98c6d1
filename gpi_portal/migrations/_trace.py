"""A step shared by old migrations of the apps above: change it only if they stay correct."""

from typing import Any

from django.utils import timezone

#: Columns of a history row that say when and by whom, not what was changed.
OF_HISTORY = {"history_id", "history_date", "history_change_reason", "history_type", "history_user"}


def begin_trace(apps: Any, app_label: str, owners: dict[str, tuple[str, ...]]) -> None:
    """Give each row that has no trace yet its first entry, so that an edit does not lose the earlier value.

    ``owners``: the name of a model of rows → its foreign keys, one of which leads to the record that owns a row. The
    first entry has the moment at which the trace of that record begins.
    """
    beginnings: dict[tuple[str, int], Any] = {}
    for name, links in owners.items():
        model, history = apps.get_model(app_label, name), apps.get_model(app_label, f"historical{name}")
        columns = [column.attname for column in history._meta.concrete_fields if column.name not in OF_HISTORY]
        made = []
        for row in model.objects.exclude(pk__in=history.objects.values("id")):
            link = next(link for link in links if getattr(row, f"{link}_id"))
            key = link, getattr(row, f"{link}_id")
            if key not in beginnings:
                beginnings[key] = beginning(apps, model._meta.get_field(link).related_model._meta, key[1])
            values = {column: getattr(row, column) for column in columns}
            made.append(history(history_date=beginnings[key], history_type="+", **values))
        history.objects.bulk_create(made, batch_size=500)


def beginning(apps: Any, record: Any, pk: int) -> Any:
    """The moment at which the trace of a record begins; now if it has none."""
    traced = apps.get_model(record.app_label, f"historical{record.model_name}").objects
    first = traced.filter(id=pk).order_by("history_date").first()
    return first.history_date if first else timezone.now()
