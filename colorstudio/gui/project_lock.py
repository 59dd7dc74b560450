"""Who has a project open: a small file beside it, which windows of other computers see as well."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QLockFile


class ProjectLock:
    """A project that no other window may save in while this is held.

    In a folder where nothing can be written there is nothing to hold, and nobody can save there either.
    """

    def __init__(self, path: Path, lock: QLockFile) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def take(cls, path: Path) -> ProjectLock | None:
        """Hold a project; None if another window does."""
        real = Path(os.path.realpath(path))
        lock = QLockFile(str(real.with_name(f".{real.name}.lock")))
        # Held for as long as the window likes; that its process is no more is found out all the same.
        lock.setStaleLockTime(0)
        if lock.tryLock(0) or lock.error() != QLockFile.LockError.LockFailedError:
            return cls(path, lock)
        # A process that was killed in the very moment left a file without a name in it.
        nobody = not lock.getLockInfo()[0]
        return cls(path, lock) if nobody and lock.removeStaleLockFile() and lock.tryLock(0) else None

    def is_for(self, path: Path) -> bool:
        return os.path.realpath(path) == os.path.realpath(self.path)

    def release(self) -> None:
        self._lock.unlock()
