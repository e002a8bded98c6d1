"""Text is normalised once, at one door, and what is kept is what a reader sees."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gpi_portal.i18n.text import MOST_MARKS, has_stack, has_visible, normalised, visible

NOISE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u061c\u200e\u200f\u202a\u202e\u2066\u2069\U000e0041\ufff9\x01\x7f"
SIGNS = st.sampled_from([*"aeZ1 .\n\r\t\v\u0085\u2028\u00a0\u202f\u2009\u0301\u0308\u0327éłœ😀☎\ufe0fک\u094d", *NOISE])
texts = st.one_of(st.text(SIGNS), st.text(st.characters(codec="utf-8")))


@given(text=texts, lines=st.booleans())
@example(text="\u202f\ufe0f1", lines=False)
def test_what_is_normalised_stays_as_it_is(text, lines):
    once = normalised(text, lines=lines)
    assert normalised(once, lines=lines) == once
    assert visible(visible(text)) == visible(text)


@given(text=texts)
def test_nothing_that_cannot_be_seen_is_kept(text):
    kept = normalised(text, lines=True)
    assert unicodedata.is_normalized("NFC", kept)
    assert not {*kept} & {*NOISE.replace("\u200c", "").replace("\u200d", ""), "\r", "\t", "\v", "\u0085", "\u2028"}
    assert "\n\n\n" not in kept
    assert "  " not in kept
    assert all(line == line.strip() for line in kept.split("\n"))
    assert not kept or has_visible(kept)
    assert "\n" not in normalised(text)


@pytest.mark.parametrize("sign", NOISE)
def test_a_character_that_means_nothing_changes_nothing(sign):
    assert normalised(f"{sign}Co{sign}balt{sign}") == "Cobalt"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("one\n\n\n\ntwo \n", "one\n\ntwo"),
        ("a\tb  c\u2003d", "a b c d"),
        ("cole\u0301", "colé"),
        ("e\u200b\u0301", "é"),
        ("2\u00a0000\u00a0 $\u202f!", "2\u00a0000\u00a0$\u202f!"),
        ("Whatì Tłı̨chǫ", "Whatì Tłı̨chǫ"),
        ("👩\u200d🚀 ☎\ufe0f", "👩\u200d🚀 ☎\ufe0f"),
        ("a\ufe0fb\u200dc", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (" \u2800\u3164\u115f\u0301 ", ""),
        ("a\ufffcb\U0001d159c", "abc"),
    ],
)
def test_of_several_lines(typed, kept):
    assert normalised(typed, lines=True) == kept


def test_of_one_line():
    assert normalised("one\r\ntwo\n\n three") == "one two three"


UNSEEN = [
    "",
    " ",
    "\u00a0\u00ad",
    "\u0301" * 4,
    *"\u200b\u3164\u2800\uffa0\ufffc\U00013441\U00016fe4\U0001d159\U0001da7f\U000e0041",
]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_draws_nothing_is_empty(unseen):
    assert normalised(unseen) == ""
    assert not has_visible(unseen)


def test_a_no_break_space_looks_like_a_blank():
    assert visible("2\u00a0000 $") == visible("2 000\u202f$") == "2 000 $"
    assert visible("one\ntwo") != visible("one two")


@pytest.mark.parametrize("marks", [MOST_MARKS + 1, 200, 100_000])
def test_a_letter_under_a_stack_of_marks_is_known_as_one(marks):
    assert has_stack("q" + "\u0316" * marks)
    assert has_stack("q" + "\u0316\u200b" * marks)
    assert not has_stack("q" + "\u0316" * MOST_MARKS)
    assert not has_stack("e\u0301" * 200)


def test_no_stack_of_marks_takes_long():
    started = time.monotonic()
    normalised("q" + "\u0301\u0316" * 600_000)
    assert time.monotonic() - started < 10
