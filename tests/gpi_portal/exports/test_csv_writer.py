"""Cells of CSV files."""

import pytest

from gpi_portal.exports.csv_writer import harmless


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_a_cell_is_never_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert harmless(-1) == -1
