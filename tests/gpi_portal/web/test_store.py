"""Files that processes share: whole or not there, and never too many."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gpi_portal.web.store import AGE, UNFINISHED, Store

MOST = 200_000


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "pages", MOST)


def size(store):
    return sum(file.stat().st_size for file in store.folder.iterdir() if file.is_file())


def test_what_was_written_is_read_by_every_store_of_the_folder(store):
    assert store.read("a1") is None
    store.write("a1", b"one", b" page")
    store.write("a1", b"another page")
    assert Store(store.folder, MOST).read("a1") == b"another page"


def test_the_folder_never_holds_more_than_it_may_and_keeps_what_is_read(store):
    for number in range(600):
        store.write(f"{number:04x}", bytes(1500))
        os.utime(store.folder / f"{number:04x}", (number, number))
        store.read("0000")
        assert size(store) <= MOST
    assert store.read("0000")
    assert store.read("0001") is None
    assert store.read("0257")
    assert size(store) > MOST / 2


def test_a_page_that_would_fill_the_folder_is_not_kept(store):
    store.write("a1", bytes(MOST // 10))
    assert store.read("a1") is None


def test_what_a_process_that_died_has_left_is_cleared_away(store):
    store.write("a1", b"page")
    old, new = store.folder / f"{UNFINISHED}old", store.folder / f"{UNFINISHED}new"
    for file in (old, new):
        file.write_bytes(b"half a pa")
    os.utime(old, (time.time() - 2 * AGE,) * 2)
    store.make_room()
    assert (old.exists(), new.exists(), store.read("a1")) == (False, True, b"page")


@pytest.mark.parametrize("place", ["/proc/nowhere/pages", "/dev/null/pages"])
def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nobody(place):
    store = Store(Path(place), MOST)
    with store.alone("00a1"):
        store.write("00a1", b"page")
    assert store.read("00a1") is None


def test_one_makes_and_the_others_wait(store):
    inside, most, guard = [], [], threading.Lock()

    def make(key):
        with store.alone(key):
            with guard:
                inside.append(key)
                most.append(inside.count(key))
            time.sleep(0.01)
            inside.remove(key)

    with ThreadPoolExecutor(8) as visitors:
        list(visitors.map(make, ["00a1"] * 8))
    assert most == [1] * 8


def test_another_page_waits_for_nobody(store):
    with store.alone("00a1"), store.alone("00a2"):
        assert store.read("00a2") is None
