"""What a form that is merged stands on: what it showed, whenever others saved."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse

from projects.models import Mineral
from tests.projects.test_admin import form_data
from tests.site import UNREAD
from tests.staff import client_of

pytestmark = pytest.mark.django_db

#: More than the reads of any one row that a page needs.
MOST_READS = 12


def read_while_saved(client, row, name: str, read: int):
    """The page of a form, where somebody saves the row under another name after its first, second … read."""
    reads = []

    def save_after(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("SELECT") and f'FROM "{row._meta.db_table}" WHERE' in sql and not connection.in_atomic_save:
            reads.append(sql)
            if len(reads) == read:
                connection.in_atomic_save = True
                row.save()
        return result

    row.refresh_from_db()
    setattr(row, "name_en" if isinstance(row, Mineral) else "name", name)
    connection.in_atomic_save = False
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=(row.pk,))
    with connection.execute_wrapper(save_after):
        page = client.get(url, headers=UNREAD)
    return url, page, len(reads) >= read


@pytest.mark.parametrize("kind", ["a record", "a group"])
def test_what_is_saved_while_a_form_is_being_read_is_not_taken_for_seen(kind):
    client = client_of("superuser")
    row = Mineral.objects.get(code="zinc") if kind == "a record" else Group.objects.create(name="ours")
    field, other = ("name_en", "name_fr") if kind == "a record" else ("name", "")
    for read in range(1, MOST_READS):
        url, page, is_saved = read_while_saved(client, row, f"saved {read}", read)
        if not is_saved:
            break
        sent = form_data(page)
        answer = client.post(url, {**sent, other: f"typed {read}"} if other else sent)
        row.refresh_from_db()
        assert getattr(row, field) == f"saved {read}", answer.status_code
    assert 1 < read < MOST_READS - 1
