"""The palettes that the user can choose from: those that come along, and the user's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from colorstudio.document.palette_file import SUFFIX, read_palette, write_palette
from colorstudio.document.palettes import Palette, free_name
from colorstudio.errors import ColorStudioError, PaletteError, PhotoWriteError
from colorstudio.imaging.atomic import write_error

MAX_PALETTES = 200

_LONGEST_STEM = 60
# Windows keeps these names for itself, whatever is behind the dot.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.ASCII)

Changes = dict[Path, Palette | None]
"""What is to be written where; None removes the file."""


@dataclass(frozen=True, eq=False)
class KeptPalette:
    """A palette of the library.

    Attributes
    ----------
    path
        Its file in the user's folder; there is none while a palette that comes along is as it came.
    shipped
        As it came along; None for one that the user made.
    """

    palette: Palette
    path: Path
    shipped: Palette | None = None

    @property
    def is_changed(self) -> bool:
        """Whether it came along and is another now."""
        return self.shipped is not None and self.palette != self.shipped

    @property
    def can_be_removed(self) -> bool:
        """The user's own; or the user's changes of one that came along, which is itself again then."""
        return self.shipped is None or self.is_changed


class PaletteLibrary:
    """Palettes by number. Changes are made here and written by `write_changes`, on another thread.

    Attributes
    ----------
    problems
        What was wrong with files that could not be read, in words for the user. They are left alone.
    """

    def __init__(self, folder: Path, kept: tuple[KeptPalette, ...] = (), problems: tuple[str, ...] = ()):
        self.problems = problems
        self._folder = folder
        self._kept = list(kept)
        self._changes: Changes = {}

    @classmethod
    def read(cls, folder: Path, shipped_folder: Path) -> PaletteLibrary:
        """The palettes of both folders. A user's file stands for the shipped one of the same file name.

        Raises
        ------
        PaletteError
            A shipped palette is damaged: the installation is.
        """
        problems: list[str] = []
        own: dict[str, Palette] = {}
        for path in _files(folder):
            try:
                own[path.stem] = read_palette(path)
            except PaletteError as error:
                problems.append(str(error))
        kept: list[KeptPalette] = []
        for path in _files(shipped_folder):
            palette = read_palette(path)
            kept.append(KeptPalette(own.pop(path.stem, palette), folder / path.name, palette))
        users = sorted(own.items(), key=lambda item: item[1].name.casefold())
        kept += [KeptPalette(palette, folder / f"{stem}{SUFFIX}") for stem, palette in users]
        return cls(folder, tuple(kept), tuple(problems))

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, index: int) -> KeptPalette:
        return self._kept[index]

    @property
    def names(self) -> list[str]:
        return [kept.palette.name for kept in self._kept]

    # -- changing -----------------------------------------------------------------------------------------

    def add(self, palette: Palette) -> int:
        """Take a palette in, under a number if the name is taken; its number in the library."""
        if len(self._kept) >= MAX_PALETTES:
            raise PaletteError(f"There are {MAX_PALETTES} palettes already: remove one first.")
        palette = palette.renamed(free_name(palette.name, self.names))
        path = self._free_path(palette.name)
        self._kept.append(KeptPalette(palette, path))
        self._changes[path] = palette
        return len(self._kept) - 1

    def change(self, index: int, palette: Palette) -> None:
        """Put a changed palette in place of itself."""
        kept = self._kept[index]
        others = [name for number, name in enumerate(self.names) if number != index]
        if free_name(palette.name, others) != palette.name:
            raise PaletteError(f"There is a palette “{palette.name}” already: choose another name.")
        if palette != kept.palette:
            self._kept[index] = replace(kept, palette=palette)
            self._changes[kept.path] = palette if palette != kept.shipped else None

    def remove(self, index: int) -> None:
        """Remove a palette of the user; one that came along is as it came again."""
        kept = self._kept[index]
        if kept.shipped is None:
            del self._kept[index]
        else:
            self._kept[index] = replace(kept, palette=kept.shipped)
        self._changes[kept.path] = None

    def _free_path(self, name: str) -> Path:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_STEM].strip("-") or "palette"
        if _RESERVED.fullmatch(stem):
            stem = f"palette-{stem}"
        number = 1
        taken = {kept.path for kept in self._kept}
        path = self._folder / f"{stem}{SUFFIX}"
        # Nor over a file that could not be read: it may be mended one day.
        while path in taken or path.exists():
            number += 1
            path = self._folder / f"{stem}-{number}{SUFFIX}"
        return path

    # -- keeping ------------------------------------------------------------------------------------------

    def unsaved(self) -> Changes:
        """What `write_changes` has to do; a copy."""
        return dict(self._changes)

    def saved(self, written: Mapping[Path, Palette | None]) -> None:
        """These are written; what was changed again meanwhile is still to be."""
        for path, palette in written.items():
            if path in self._changes and self._changes[path] is palette:
                del self._changes[path]


def write_changes(changes: Changes) -> Changes:
    """Write and remove files; gives back what it was given.

    Raises
    ------
    PhotoWriteError
        For the first file that does not work out; the others are done all the same.
    """
    failure: ColorStudioError | None = None
    for path, palette in changes.items():
        try:
            if palette is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_palette(path, palette)
        except PhotoWriteError as error:
            failure = failure or error
        except FileExistsError:  # where the folder should be made
            failure = failure or write_error(path, NotADirectoryError())
        except OSError as error:
            failure = failure or write_error(path, error)
    if failure is not None:
        raise failure
    return changes


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == SUFFIX and path.is_file())[
        :MAX_PALETTES
    ]
