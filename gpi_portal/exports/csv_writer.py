"""Tables as CSV files that spreadsheets open correctly."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

#: A cell that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download in UTF-8 with the byte order mark that spreadsheets look for; None is an empty cell."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return response


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe before it; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
