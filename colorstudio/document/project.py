"""Projects: one `.colorstudio` file with the photo's own bytes and everything that was done to it.

A zip with three entries, readable without this program:

- `manifest.json`: version of the format, settings, reference, strokes, preparation, the source's name;
- `source.*`: the photo as it was, byte for byte;
- `preview.png`: what the result looked like, small.

A project may come from a stranger: every size and count has a limit that is checked before memory is taken,
nothing is unpacked to disk, and nothing in it is ever run.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, NoReturn, cast

from colorstudio import __version__
from colorstudio.document.document import DocumentState
from colorstudio.document.state_json import state_as_json, state_from_json
from colorstudio.document.stroke_file import MAX_FILE_BYTES
from colorstudio.errors import ProjectReadError, StrokesReadError
from colorstudio.imaging.atomic import atomic_write
from colorstudio.imaging.reading import READABLE_SUFFIXES

PROJECT_SUFFIX = ".colorstudio"
SCHEMA = 2
PREVIEW_SIDE = 512

# A photo of 200 megapixels at 16 bits is 1.2 GB without compression.
MAX_SOURCE_BYTES = 1_500_000_000
MAX_PREVIEW_BYTES = 1 << 24
MAX_ENTRIES = 16
_MAX_DIRECTORY_BYTES = 1 << 16
# What is claimed to have been compressed further than this was made to fill memory. An uncompressed photo
# of a wall that somebody else's zip program packed again stays below.
_MAX_RATIO = 200
_SMALL_BYTES = 1 << 22  # below this the ratio does not matter
_MAX_NAME = 255

_MANIFEST, _PREVIEW, _SOURCE = "manifest.json", "preview.png", "source"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END_RECORD, _END64_LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
_END_RECORD_BYTES, _END64_LOCATOR_BYTES, _LONGEST_COMMENT = 22, 20, 0xFFFF


@dataclass(frozen=True)
class SourceFile:
    """A photo as a file that need not be on disk.

    Attributes
    ----------
    name
        What it was called where it came from, without folders.
    """

    name: str
    data: bytes


@dataclass(frozen=True)
class Project:
    """What a project file holds.

    Attributes
    ----------
    preview
        PNG of the result, at most `PREVIEW_SIDE` pixels long; empty where there was none.
    program
        The version of Color Studio that wrote it.
    """

    state: DocumentState
    source: SourceFile
    preview: bytes = b""
    program: str = __version__


def is_project(path: Path) -> bool:
    """Whether a file is a project by its name."""
    return path.suffix.lower() == PROJECT_SUFFIX


# -- writing --------------------------------------------------------------------------------------------


def write_project(path: Path, project: Project, *, overwrite: bool = True) -> None:
    """Write a project, whole or not at all.

    Raises
    ------
    PhotoWriteError
        The system refuses to; what stood at `path` is untouched.
    """
    now = datetime.now(UTC)
    suffix = Path(project.source.name).suffix.lower()
    entry = _SOURCE + (suffix if suffix in READABLE_SUFFIXES else "")
    manifest = {
        "schema": SCHEMA,
        "program": f"Color Studio {__version__}",
        "saved": now.isoformat(timespec="seconds"),
        "source": {"entry": entry, "name": _clean_name(project.source.name)},
        **state_as_json(project.state),
    }
    with atomic_write(path, overwrite=overwrite) as file, zipfile.ZipFile(file, "w") as archive:
        text = json.dumps(manifest, ensure_ascii=False, allow_nan=False).encode()
        _add(archive, _MANIFEST, text, now, zipfile.ZIP_DEFLATED)
        if project.preview:
            _add(archive, _PREVIEW, project.preview, now, zipfile.ZIP_STORED)
        # Photos are compressed already, and are to be found byte for byte.
        _add(archive, entry, project.source.data, now, zipfile.ZIP_STORED)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, when: datetime, method: int) -> None:
    info = zipfile.ZipInfo(name, when.timetuple()[:6])
    info.compress_type = method
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


def _clean_name(name: str) -> str:
    """A name of a file without folders and without what would confuse a line of text."""
    name = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in name if letter.isprintable())[:_MAX_NAME] or "photo"


# -- reading --------------------------------------------------------------------------------------------


def read_project(path: Path) -> Project:
    """Read a project of any origin.

    Raises
    ------
    ProjectReadError
        With one sentence for the user, whatever is wrong with the file.
    """
    with _Reader(path) as reader:
        manifest = reader.manifest()
        source = manifest.get("source")
        if not isinstance(source, dict):
            raise reader.refusal("it does not say which photo is in it")
        entry, name = (cast("dict[str, object]", source).get(key) for key in ("entry", "name"))
        if not isinstance(entry, str) or not isinstance(name, str) or not reader.holds(entry):
            raise reader.refusal("the photo is not in it")
        try:
            state = state_from_json(manifest, str(path))
        except StrokesReadError as error:
            raise ProjectReadError(f"{error} {_OTHER_COPY}") from error
        data = reader.read(entry, MAX_SOURCE_BYTES)
        if not data:
            raise reader.refusal("the photo in it is empty")
        preview = reader.read(_PREVIEW, MAX_PREVIEW_BYTES) if reader.holds(_PREVIEW) else b""
        program = manifest.get("program")
        return Project(
            state,
            SourceFile(_clean_name(name), data),
            preview,
            _clean_name(program) if isinstance(program, str) else "",
        )


def read_preview(path: Path) -> bytes:
    """The PNG of what a project looked like; empty where it has none.

    Raises
    ------
    ProjectReadError
    """
    with _Reader(path) as reader:
        return reader.read(_PREVIEW, MAX_PREVIEW_BYTES) if reader.holds(_PREVIEW) else b""


_OTHER_COPY = "Open another copy of the project, or the photo itself."


class _Reader:
    """The zip of a project, distrusted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._archive: zipfile.ZipFile | None = None
        self._entries: dict[str, zipfile.ZipInfo] = {}

    def __enter__(self) -> _Reader:
        path = self._path
        try:
            if path.is_dir():
                raise ProjectReadError(f"{path} is a folder, not a project: give the name of a file.")
            if path.exists() and not path.is_file():
                raise ProjectReadError(f"{path} is not a regular file: give the name of a project.")
            self._file = path.open("rb")
        except FileNotFoundError:
            raise ProjectReadError(f"There is no file {path}: check the name.") from None
        except PermissionError:
            raise ProjectReadError(f"No permission to read {path}: change its rights or copy it.") from None
        except (OSError, ValueError) as error:  # ValueError: a null character in the name
            reason = getattr(error, "strerror", None) or str(error)
            raise ProjectReadError(
                f"{path} could not be read ({reason}): check the name and the disk."
            ) from error
        try:
            self._open(self._file)
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._archive is not None:
            self._archive.close()
        if self._file is not None:
            self._file.close()

    def refusal(self, reason: str) -> ProjectReadError:
        return ProjectReadError(f"{self._path} cannot be opened, {reason}. {_OTHER_COPY}")

    def holds(self, entry: str) -> bool:
        return entry in self._entries

    def _open(self, file: BinaryIO) -> None:
        self._check_directory(file)
        try:
            self._archive = zipfile.ZipFile(file)
            entries = self._archive.infolist()
        except Exception as error:  # on nonsense, zipfile lets out what its parts raise: struct.error, others
            raise self.refusal("it is damaged or incomplete") from error
        for info in entries:
            name = info.filename
            if name != info.orig_filename or PurePosixPath(name).name != name or "\\" in name or ":" in name:
                raise self.refusal("it holds a name that no project has")
            if name in self._entries:
                raise self.refusal("it holds two files of one name")
            self._entries[name] = info

    def _check_directory(self, file: BinaryIO) -> None:
        """Look at the end of the zip before `zipfile` reads as many entries as it is told."""
        try:
            size = file.seek(0, 2)
            tail_bytes = min(size, _END_RECORD_BYTES + _LONGEST_COMMENT + _END64_LOCATOR_BYTES)
            file.seek(size - tail_bytes)
            tail = file.read(tail_bytes)
            file.seek(0)
        except OSError as error:
            raise self.refusal("the disk does not give it out") from error
        if size == 0:
            raise self.refusal("it is empty")
        at = tail.rfind(_END_RECORD)
        if at < 0 or len(tail) - at < _END_RECORD_BYTES:
            raise self.refusal("it is no project, or it is incomplete")
        entries = int.from_bytes(tail[at + 10 : at + 12], "little")
        directory_bytes = int.from_bytes(tail[at + 12 : at + 16], "little")
        large = tail[max(at - _END64_LOCATOR_BYTES, 0) : at].startswith(_END64_LOCATOR)
        if entries > MAX_ENTRIES or directory_bytes > _MAX_DIRECTORY_BYTES or large:
            raise self.refusal("it holds more than a project does")

    def read(self, entry: str, limit: int) -> bytes:
        """The bytes of an entry, if they are no more than `limit`."""
        info = self._entries[entry]
        assert self._archive is not None
        if info.flag_bits & 1:
            raise self.refusal("it is encrypted")
        if info.compress_type not in _METHODS:
            raise self.refusal("it is packed in a way that no project is")
        swollen = info.file_size > max(_SMALL_BYTES, _MAX_RATIO * info.compress_size)
        if info.file_size > limit or swollen:
            raise self.refusal(f"its {entry} is larger than that of any project")
        try:
            with self._archive.open(info) as stream:
                data = stream.read(limit + 1)
        except MemoryError as error:
            raise ProjectReadError(
                f"There is not enough memory to open {self._path}: close other programs."
            ) from error
        except Exception as error:  # as in `_open`
            raise self.refusal("it is damaged or incomplete") from error
        if len(data) != info.file_size:
            raise self.refusal("it is damaged or incomplete")
        return data

    def manifest(self) -> dict[str, object]:
        """The manifest as the present version of the format has it."""
        if not self.holds(_MANIFEST):
            raise self.refusal("it is no project of Color Studio")
        text = self.read(_MANIFEST, MAX_FILE_BYTES)
        try:
            manifest: object = json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise self.refusal(f"its {_MANIFEST} is not valid JSON") from error
        if not isinstance(manifest, dict):
            raise self.refusal(f"its {_MANIFEST} is not that of a project")
        found = cast("dict[str, object]", manifest)
        schema = found.get("schema")
        if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
            raise self.refusal("it does not say which version of the format it has")
        if schema > SCHEMA:
            program = found.get("program")
            by = _clean_name(program) if isinstance(program, str) else "a newer Color Studio"
            raise ProjectReadError(
                f"{self._path} was written by {by}, which this version does not understand: "
                "update Color Studio to open it."
            )
        for version in range(schema, SCHEMA):
            found = _MIGRATIONS[version](found)
        return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


# -- older versions -------------------------------------------------------------------------------------


def _from_1(manifest: dict[str, object]) -> dict[str, object]:
    """Version 1 named the source by its entry alone and knew no preparation."""
    entry = manifest.get("source")
    name = manifest.get("name", entry)
    return {**manifest, "schema": 2, "source": {"entry": entry, "name": name}, "preparation": {}}


# What makes the manifest of a version into that of the next.
_MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}
