"""Files of one folder that all processes of a machine share, no more of them than so many bytes.

A file is whole or not there: it is written beside its place and put into it. What cannot be written is not kept.
"""

import contextlib
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

#: In how many steps the folder fills up between two looks at its size.
STEPS = 20
#: How full it may be, and how full it is once the oldest files are gone, in steps. What several processes write
#: between two looks is the rest.
FULL, EMPTIED = 16, 14
#: After how many seconds a file that is read counts as new again, and one that is being written as given up.
AGE = 60
LOCKS = 64
UNFINISHED = "unfinished-"


class Store:
    """Bytes under a key, which is the name of a file. ``most``: how many bytes all of them may have."""

    def __init__(self, folder: Path, most: int) -> None:
        self.folder, self.most = folder, most
        self._unseen = most  # bytes written since the last look; at first nobody has looked

    def read(self, key: str) -> bytes | None:
        """What is kept under the key; None where nothing is."""
        path = self.folder / key
        try:
            with path.open("rb") as file:
                found = file.read()
                if time.time() - os.fstat(file.fileno()).st_mtime > AGE:
                    os.utime(path)
        except OSError:
            return None
        return found

    def write(self, key: str, *parts: bytes) -> None:
        """Keep these bytes, if they are not too many for the folder and it can be written."""
        size = sum(map(len, parts))
        if size > self.most // STEPS:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(prefix=UNFINISHED, dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.writelines(parts)
                Path(draft).replace(self.folder / key)
            except OSError:
                Path(draft).unlink()
                raise
        self._unseen += size
        if self._unseen > self.most // STEPS:
            self._unseen = 0
            self.make_room()

    def make_room(self) -> None:
        """Delete what was left unfinished and, where the folder is full, what was read least lately."""
        with contextlib.suppress(OSError):
            found = [(entry.stat(), entry.path, entry.name) for entry in os.scandir(self.folder) if entry.is_file()]
            oldest_first = sorted((stat.st_mtime, stat.st_size, path, name) for stat, path, name in found)
            left = sum(stat.st_size for stat, _path, _name in found)
            goal = self.most // STEPS * (EMPTIED if left > self.most // STEPS * FULL else STEPS * STEPS)
            for changed, size, path, name in oldest_first:
                if left > goal or (name.startswith(UNFINISHED) and time.time() - changed > AGE):
                    Path(path).unlink(missing_ok=True)
                    left -= size

    @contextlib.contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """While one is inside with a key, whoever comes with the same one waits, in whichever process."""
        try:
            locks = self.folder / "locks"
            locks.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (locks / str(int(key[-4:], 16) % LOCKS)).open("wb")
        except OSError:
            yield
            return
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
