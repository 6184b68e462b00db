"""Locks on files that die with their process, however it ends.

``portalocker`` puts one call over what each operating system has (``flock``, ``LockFileEx``), shared and exclusive; a
file that only says "locked" would stay after a kill.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import IO, Self


class StoreError(OSError):
    """A store cannot be used; one line that says why and what to do."""


class Lock:
    """A file that is locked for as long as this object is open."""

    def __init__(self, path: Path, shared: bool = False) -> None:
        """Lock ``path``: many may share it, or one has it alone.

        Raises:
            BlockingIOError: others have it; its text is what the holder wrote into it.
            OSError: the file cannot be opened.
        """
        import portalocker

        kind = portalocker.LockFlags.SHARED if shared else portalocker.LockFlags.EXCLUSIVE
        self._file: IO[str] = open(path, "r" if shared else "a+", encoding="utf-8")  # noqa: SIM115 - open while locked
        try:
            portalocker.lock(self._file, kind | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.LockException:
            self._file.close()
            raise BlockingIOError(_read(path)) from None

    def sign(self) -> None:
        """Write into the file who holds it."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"process {os.getpid()} on {socket.gethostname()}")
        self._file.flush()

    def inside(self, path: Path) -> bool:
        """Whether the locked file is still the one at ``path``."""
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), path.stat())
        except OSError:
            return False

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:  # where locks keep readers out as well
        return ""
