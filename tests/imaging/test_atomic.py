"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from colorstudio.errors import DiskFullError, PhotoWriteError
from colorstudio.imaging.atomic import atomic_write, write_error
from colorstudio.progress import Cancelled


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_appears_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.bin"
    with atomic_write(path) as file:
        file.write(b"all of it")
        assert not path.exists()
    assert path.read_bytes() == b"all of it"
    assert _files(tmp_path) == ["out.bin"]


@pytest.mark.parametrize("error", [ValueError, Cancelled, KeyboardInterrupt])
def test_any_exception_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "out.bin"
    path.write_bytes(b"old")

    def stop_half_way() -> None:
        with atomic_write(path) as file:
            file.write(b"half of")
            raise error

    with pytest.raises(error):
        stop_half_way()
    assert path.read_bytes() == b"old"
    assert _files(tmp_path) == ["out.bin"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_full_or_broken_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise OSError(code, os.strerror(code))

    path = tmp_path / "out.bin"
    path.write_bytes(b"old")
    if call == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PhotoWriteError) as caught, atomic_write(path) as file:
        file.write(b"new")
    assert str(path) in str(caught.value)
    if code == errno.ENOSPC:
        assert "disk is full" in str(caught.value)
    assert path.read_bytes() == b"old"
    assert _files(tmp_path) == ["out.bin"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_really_full_disk_while_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_open = os.open

    def open_full(path: Any, flags: int, *args: Any, **options: Any) -> int:
        if str(path).endswith(".part"):
            os.close(real_open(path, flags, *args, **options))
            return real_open("/dev/full", os.O_WRONLY)
        return real_open(path, flags, *args, **options)

    monkeypatch.setattr(os, "open", open_full)
    path = tmp_path / "out.bin"
    with pytest.raises(PhotoWriteError, match="disk is full"), atomic_write(path) as file:
        file.write(bytes(1_000_000))
    assert _files(tmp_path) == []


def test_no_overwriting(tmp_path: Path) -> None:
    path = tmp_path / "out.bin"
    with atomic_write(path, overwrite=False) as file:
        file.write(b"first")
    with pytest.raises(PhotoWriteError, match="exists already"), atomic_write(path, overwrite=False):
        pytest.fail("not even begun")
    assert path.read_bytes() == b"first"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appeared_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:

        def no_links(*args: Any, **options: Any) -> None:
            raise PermissionError(errno.EPERM, "no hard links on this disk")

        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "out.bin"

    def be_overtaken() -> None:
        with atomic_write(path, overwrite=False) as file:
            file.write(b"ours")
            path.write_bytes(b"somebody else's")

    with pytest.raises(PhotoWriteError, match="exists already"):
        be_overtaken()
    assert path.read_bytes() == b"somebody else's"
    assert _files(tmp_path) == ["out.bin"]


def test_without_hard_links_it_works_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*args: Any, **options: Any) -> None:
        raise OSError(errno.ENOTSUP, "no hard links on this disk")

    monkeypatch.setattr(os, "link", no_links)
    with atomic_write(tmp_path / "out.bin", overwrite=False) as file:
        file.write(b"ours")
    assert _files(tmp_path) == ["out.bin"]


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_the_rights_are_what_the_umask_leaves(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with atomic_write(tmp_path / "out.bin") as file:
            file.write(b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.bin").stat().st_mode) == 0o666 & ~umask


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real.bin", tmp_path / "link.bin"
    real.write_bytes(b"old")
    link.symlink_to(real)
    with atomic_write(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_the_longest_name_that_the_disk_takes(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".bin")
    with atomic_write(path) as file:
        file.write(b"x")
    assert path.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "no" / "out.bin", "there is no folder"),
        (lambda folder: folder, "it is a folder"),
        (lambda folder: folder / "file" / "out.bin", "is not a folder"),
        (lambda folder: folder / ("n" * 300), "too long"),
    ],
)
def test_targets_that_cannot_be(tmp_path: Path, make: Any, words: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PhotoWriteError, match=words), atomic_write(make(tmp_path)):
        pytest.fail("not even begun")
    assert _files(tmp_path) == ["file"]


def test_a_full_disk_is_told_apart() -> None:
    error = write_error(Path("out.png"), OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert isinstance(error, DiskFullError)
    assert str(error).startswith("The disk is full, out.png was not written")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_no_permission(code: int) -> None:
    error = write_error(Path("/photos/out.png"), OSError(code, os.strerror(code)))
    assert str(error).startswith("No permission to write /photos/out.png")


def test_every_other_refusal_says_why() -> None:
    assert "Input/output error" in str(write_error(Path("out.png"), OSError(errno.EIO, "Input/output error")))
