"""A portal of the tests' own, started as anyone starts one: by `./portal run`, on an empty database."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).parents[2]
LONGEST_START = 120  # seconds, on a machine that is busy with other things


class Portal:
    """A running portal: its address, its commands, what it has logged."""

    def __init__(self, folder: Path, database_url: str, **variables: str) -> None:
        self.log, self.pages = folder / "log", folder / "pages"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "BROWSER_TESTS_STATIC_ROOT": str(folder / "static"),
            "BROWSER_TESTS_PAGES": str(self.pages),
            "KEPT_PAGES": "on",
            "DATABASE_URL": database_url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "off",
            "DEBUG": "off",
            **variables,
        }

    def manage(self, *command: str, **variables: str) -> None:
        """Runs a Django command as the manual says: `./portal manage COMMAND ...`."""
        line = [ROOT / "portal", "manage", *command]
        subprocess.run(line, env={**self.variables, **variables}, check=True, stdout=subprocess.DEVNULL)

    @contextmanager
    def running(self, *line: str) -> Iterator[None]:
        """Started by `./portal run`, which sets up its database; by another command, if one is given."""
        line = line or (str(ROOT / "portal"), "run", "--port", str(self.port))
        with self.log.open("w") as log:
            process = subprocess.Popen(line, env=self.variables, stdout=log, stderr=subprocess.STDOUT)
        try:
            self._wait(process)
            yield
        finally:
            process.terminate()
            process.wait()

    def _wait(self, process: subprocess.Popen) -> None:
        deadline = time.monotonic() + LONGEST_START
        while not self._is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The portal did not start:\n{self.log.read_text()[-5000:]}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def scratch_database(folder: Path) -> Iterator[str]:
    """The address of an empty database of the kind that the suite runs on, removed afterwards."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'portal.sqlite3'}"
        return
    name = f"gpi_portal_browser_{uuid4().hex}"
    address = urlsplit(server)
    with psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield address._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    with scratch_database(folder) as database_url:
        portal = Portal(folder, database_url)
        with portal.running():
            yield portal
