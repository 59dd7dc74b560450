"""A lock that ends with its process, however that ends: what tells the living from the dead."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_ASK_EVERY_S = 0.005
_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


class FileLock:
    """A file that one holder at a time has locked; another one in the same process is refused as well."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, path: Path) -> FileLock | None:
        """Lock a file, made if need be; None if it is held already.

        Raises
        ------
        OSError
            It can be neither made nor locked there.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Between opening and locking, its last holder may have removed it.
            if os.stat(path).st_ino == os.fstat(descriptor).st_ino:  # noqa: PTH116 - beside fstat
                return cls(path, descriptor)
        except FileNotFoundError:
            pass
        except OSError as error:
            if error.errno not in _HELD:
                os.close(descriptor)
                raise
        os.close(descriptor)
        return None

    @classmethod
    def take_within(cls, path: Path, seconds: float) -> FileLock:
        """As `take`, with a wait for who holds it.

        Raises
        ------
        TimeoutError
            It was held all that time.
        OSError
        """
        until = time.monotonic() + seconds
        while (lock := cls.take(path)) is None:
            if time.monotonic() > until:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), os.fspath(path))
            time.sleep(_ASK_EVERY_S)
        return lock

    def release(self) -> None:
        """Let others have it. Once is enough, more do no harm."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None
