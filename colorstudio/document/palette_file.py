"""Palettes as files of GIMP, `.gpl`, which Inkscape, Krita and many others read and write too.

A line ``GIMP Palette``, then ``Name:`` and ``Columns:``, then a colour a line: red, green and blue as whole
numbers and behind them its name. Lines that start with # are comments; those before the colours are the note.
"""

from __future__ import annotations

import re
from pathlib import Path

from colorstudio.document.palettes import MAX_COLOURS, MAX_NOTE, Palette, PaletteColour, clean_name
from colorstudio.document.small_file import read_small_file
from colorstudio.errors import PaletteError
from colorstudio.imaging.atomic import atomic_write

SUFFIX = ".gpl"
MAX_FILE_BYTES = 1 << 20

_MAGIC = "GIMP Palette"
_COLUMNS = 8
_COLOUR = re.compile(r"\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})(?:\s+(.*))?$", re.ASCII)
_UNNAMED = {"untitled", "unnamed"}  # what GIMP and Inkscape write for a colour without a name


def read_palette(path: Path) -> Palette:
    """The palette of a file; one without a name in it is called as the file.

    Raises
    ------
    PaletteError
        Names the file, and the line counted from 1.
    """
    data = read_small_file(path, MAX_FILE_BYTES, PaletteError, "a palette")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")  # as old versions of GIMP wrote it
    return palette_of_text(text, path.stem, str(path))


def palette_of_text(text: str, fallback: str, source: str) -> Palette:
    """The palette of a file's text.

    Parameters
    ----------
    fallback
        Its name if the text gives none.
    source
        What to call the text in messages to the user.
    """
    lines = text.splitlines()
    if not lines or lines[0].strip() != _MAGIC:
        raise PaletteError(
            f"{source} is not a GIMP palette, it does not start with “{_MAGIC}”: choose a file {SUFFIX}."
        )
    name, note = "", []
    colours: list[PaletteColour] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        if line.startswith("#"):
            if not colours:
                note.append(line[1:].strip())
        elif not colours and line.startswith("Name:"):
            name = clean_name(line.removeprefix("Name:"))
        elif not colours and line.startswith("Columns:"):
            continue  # how GIMP lays it out
        else:
            colours.append(_colour(line, f"{source}, line {number}"))
            if len(colours) > MAX_COLOURS:
                raise PaletteError(f"{source} holds more than {MAX_COLOURS} colours: leave some out.")
    name = name or clean_name(fallback) or "Palette"
    return Palette(name, tuple(colours), "\n".join(note).strip()[:MAX_NOTE])


def _colour(line: str, place: str) -> PaletteColour:
    found = _COLOUR.match(line)
    if found is None:
        raise PaletteError(f"{place}: a colour must read “red green blue name”, three numbers 0 to 255.")
    red, green, blue = (int(part) for part in found.groups()[:3])
    if max(red, green, blue) > 255:
        raise PaletteError(f"{place}: {red} {green} {blue} is out of range, give three numbers 0 to 255.")
    name = clean_name(found[4] or "")
    return PaletteColour((red, green, blue), "" if name.casefold() in _UNNAMED else name)


def text_of_palette(palette: Palette) -> str:
    """As `palette_of_text` takes it."""
    lines = [_MAGIC, f"Name: {palette.name}", f"Columns: {_COLUMNS}"]
    lines += [f"# {line}".rstrip() for line in palette.note.splitlines()] or ["#"]
    for colour in palette.colours:
        red, green, blue = colour.rgb
        lines.append(f"{red:3d} {green:3d} {blue:3d}\t{colour.name or 'Untitled'}")
    return "\n".join(lines) + "\n"


def write_palette(path: Path, palette: Palette) -> None:
    """Write a palette for `read_palette`, whole or not at all.

    Raises
    ------
    PhotoWriteError
    """
    with atomic_write(path) as file:
        file.write(text_of_palette(palette).encode())
