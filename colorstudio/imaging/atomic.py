"""Files appear whole or not at all: written beside the target, flushed, then renamed over it."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from colorstudio.errors import DiskFullError, PhotoWriteError

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EINVAL}


def write_error(path: Path, error: OSError) -> PhotoWriteError:
    """The operating system's refusal to write `path`, in words for the user."""
    if error.errno in _NO_SPACE:
        return DiskFullError(
            f"The disk is full, {path} was not written: free some space or choose another place."
        )
    if isinstance(error, FileNotFoundError):
        text = f"{path} was not written, there is no folder {path.parent}: create it or choose another place."
    elif isinstance(error, NotADirectoryError):
        text = f"{path} was not written, {path.parent} is not a folder: choose another place."
    elif isinstance(error, IsADirectoryError):
        text = f"{path} was not written, it is a folder: give the name of a file."
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        text = f"No permission to write {path}: choose another place or change the rights of the folder."
    elif isinstance(error, FileExistsError):
        text = f"{path} exists already: allow overwriting or choose another name."
    elif error.errno == errno.ENAMETOOLONG:
        text = f"The name {path} is too long for this disk: choose a shorter one."
    else:
        reason = error.strerror or str(error) or type(error).__name__
        text = f"{path} could not be written ({reason}): try again or choose another place."
    return PhotoWriteError(text)


@contextmanager
def atomic_write(path: Path, *, overwrite: bool = True) -> Generator[BinaryIO]:
    """Open a temporary file beside `path` that becomes `path` when the block ends well.

    On any exception in the block, Ctrl-C included, the temporary file is removed and
    whatever stood at `path` is untouched. The new file gets the rights that the umask
    leaves. A symbolic link at `path` stays, the file that it points to is replaced.

    Parameters
    ----------
    overwrite
        With False a file that exists at `path`, even one that appeared meanwhile, is kept and the
        write fails.

    Raises
    ------
    PhotoWriteError
        For every refusal of the operating system, in the block as well.
    """
    path = Path(path)
    target = Path(os.path.realpath(path))
    # Its own short name: the target's may already be as long as the file system allows.
    temporary = target.parent / f".colorstudio-{secrets.token_hex(8)}.part"
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        if not overwrite and target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, 0o666)
    except OSError as error:
        raise write_error(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(temporary, target, overwrite)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise write_error(path, error) from error
        raise
    _flush_folder(target.parent)


def _put_in_place(temporary: Path, target: Path, overwrite: bool) -> None:
    if not overwrite:
        # A hard link is the one portable way of "rename unless it exists" without a race.
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            if target.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        else:
            temporary.unlink()
            return
    temporary.replace(target)


def _flush_folder(folder: Path) -> None:
    # The rename itself is on disk only when the folder is; some systems cannot flush a folder.
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
