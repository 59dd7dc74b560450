"""Named sets of colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from colorstudio.document.chosen_colour import Rgb, hex_of
from colorstudio.errors import PaletteError

MAX_COLOURS = 1024
MAX_NAME = 80  # characters of the name of a palette or of a colour
MAX_NOTE = 4000


@dataclass(frozen=True)
class PaletteColour:
    """A colour of a palette; the name may be empty."""

    rgb: Rgb
    name: str = ""

    @property
    def words(self) -> str:
        """The name, or the code of a colour that has none."""
        return self.name or hex_of(self.rgb)


@dataclass(frozen=True)
class Palette:
    """Some colours in an order. Its methods give changed copies.

    Attributes
    ----------
    note
        Where the colours come from, in sentences; lines are kept.

    Raises
    ------
    PaletteError
        From the methods that would make it too large or leave it without a name.
    """

    name: str
    colours: tuple[PaletteColour, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not self.name or clean_name(self.name) != self.name:
            raise PaletteError(f"A palette needs a name of at most {MAX_NAME} characters on one line.")
        if len(self.colours) > MAX_COLOURS:
            raise PaletteError(
                f"The palette “{self.name}” would have {len(self.colours)} colours, at most {MAX_COLOURS} "
                "fit: start another palette."
            )

    def renamed(self, name: str) -> Palette:
        return replace(self, name=clean_name(name))

    def with_colour(self, rgb: Rgb, name: str = "") -> Palette:
        """With a colour more at the end; the same palette if it has just that one already."""
        added = PaletteColour(rgb, clean_name(name))
        return self if added in self.colours else replace(self, colours=(*self.colours, added))

    def without(self, index: int) -> Palette:
        return replace(self, colours=(*self.colours[:index], *self.colours[index + 1 :]))

    def with_name_of(self, index: int, name: str) -> Palette:
        colours = list(self.colours)
        colours[index] = replace(colours[index], name=clean_name(name))
        return replace(self, colours=tuple(colours))

    def moved(self, index: int, to: int) -> Palette:
        """With a colour taken out and put in so that its number is `to`."""
        colours = list(self.colours)
        colours.insert(to, colours.pop(index))
        return replace(self, colours=tuple(colours))


def clean_name(name: str) -> str:
    """A name on one line, without what cannot be seen, at most `MAX_NAME` characters."""
    seen = "".join(" " if unicodedata.category(letter).startswith(("C", "Z")) else letter for letter in name)
    return " ".join(seen.split())[:MAX_NAME].rstrip()


def free_name(name: str, taken: Sequence[str]) -> str:
    """The name, with a number behind it if there is one like it already; case does not count."""
    lower = {other.casefold() for other in taken}
    if name.casefold() not in lower:
        return name
    number = 2
    while (numbered := f"{name[: MAX_NAME - 6].rstrip()} {number}").casefold() in lower:
        number += 1
    return numbered
