"""Starting the portal: a start leaves nothing broken, and two at once are no trouble."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def copied(folder):
    """A copy of the checkout with nothing of its own yet but the installed packages."""
    left = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis")
    copy = shutil.copytree(ROOT, folder, ignore=left)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


@pytest.fixture
def clone(tmp_path):
    return copied(tmp_path / "clone")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def variables_of_a_start(**variables):
    ours = ("SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    return {**{name: value for name, value in os.environ.items() if name not in ours}, **variables}


@contextmanager
def started(clone, *arguments, **variables):
    """A command of the start script, stopped with Ctrl-C; what it wrote stands in the file `log` of its process."""
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(
            [sys.executable, clone / "portal", *arguments],
            cwd=clone.parent,
            env=variables_of_a_start(**variables),
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            log.seek(0)
            assert process.returncode == 0, log.read()


def start_and_stop(clone, port):
    """The overview page of a portal that was started and read."""
    with started(clone, "run", "--port", str(port)) as process:
        return fetch(f"http://127.0.0.1:{port}/en/", process)


def fetch(url, process):
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def title_of_the_first_project(clone, change=None):
    with closing(sqlite3.connect(clone / "var" / "portal.sqlite3")) as database, database:
        if change:
            database.execute("UPDATE projects_project SET title_en = ? WHERE code = 'gpi-0001'", [change])
        return database.execute("SELECT title_en FROM projects_project WHERE code = 'gpi-0001'").fetchone()[0]


def test_a_second_start_keeps_what_staff_changed(clone):
    port = free_port()
    first = start_and_stop(clone, port)
    secret = (clone / "var" / "secret_key").read_text()
    title_of_the_first_project(clone, change="Edited and not yet published")
    second = start_and_stop(clone, port)
    assert "<h1" in first
    assert first == second
    assert title_of_the_first_project(clone) == "Edited and not yet published"
    assert (clone / "var" / "secret_key").read_text() == secret


# --- Two at once ------------------------------------------------------------------------------------


def both_answer(clones, **variables):
    """Start the portal once in each of the folders at the same moment, and read one page of each."""
    ports = free_port(), free_port()
    with ExitStack() as stack:
        processes = [
            stack.enter_context(started(clone, "run", "--port", str(port), **variables))
            for clone, port in zip(clones, ports, strict=True)
        ]
        pages = [
            fetch(f"http://127.0.0.1:{port}/en/projects/gpi-0001/", process).replace(str(port), "")
            for port, process in zip(ports, processes, strict=True)
        ]
    return len(set(pages)) == 1 and "<h1" in pages[0]


def test_two_first_starts_in_one_folder_both_succeed(clone):
    assert both_answer([clone, clone])


def test_two_first_starts_on_one_database_both_succeed(tmp_path, scratch_database):
    """Two folders wait for nothing of each other: both migrate it and load it."""
    assert both_answer([copied(tmp_path / name) for name in ("one", "two")], DATABASE_URL=scratch_database)
