"""Colours for the tiles, off the GUI thread and within a budget of memory.

A tile shows its photo at no more than `PROXY_PIXELS`, whatever the photo's size. As long as the colours
themselves are kept, what is seen of it when the view is zoomed in is painted from them at the photo's full
size, which needs no network. Beyond the budget the colours that were asked for least lately are given up:
those tiles stay as sharp as the small picture is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace

from colorstudio.document.document import Document
from colorstudio.gui.backend import Backend, Machine
from colorstudio.gui.canvas.picture import Patch, Picture, build_picture
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.levels import level_for_pixels
from colorstudio.gui.loading import PROXY_PIXELS, OpenedPhoto
from colorstudio.gui.rendering import ColouredPhoto, View, visible_patch
from colorstudio.gui.results import Coloured, ResultKey
from colorstudio.progress import ProgressToken

# Of the colours of all tiles together; those of a photo of 12 megapixels take 16 MB, with strokes 70 MB.
COLOUR_BYTES = 1 << 29
_KEPT = 48  # small pictures: of all tiles with strokes and without

TileKey = tuple[ResultKey, float]  # and the intensity


def key_of(asked: Document, machine: Machine) -> TileKey:
    """What a tile's picture depends on."""
    return ResultKey(asked, machine), asked.settings.saturation


@dataclass(frozen=True, eq=False)
class TileColours:
    """A coloured tile.

    Attributes
    ----------
    coloured
        The colours themselves; None when they were given up.
    model, seconds
        What coloured it, "" without a network, and the time spent in each stage.
    """

    key: TileKey
    picture: Picture
    coloured: Coloured | None
    model: str
    seconds: dict[str, float]


def colour_tile(
    backend: Backend,
    opened: OpenedPhoto,
    asked: Document,
    machine: Machine,
    known: Coloured | None,
    token: ProgressToken,
    _deliver: Deliver,
) -> TileColours:
    """Colour the photo for one tile.

    Parameters
    ----------
    known
        The colours, where the window has them already.

    Raises
    ------
    ColorStudioError, Cancelled
    """
    key = key_of(asked, machine)
    if known is None:
        colouring = backend.colorize(
            asked, device=machine.device, working_size_px=machine.working_size_px, token=token
        )
        known = Coloured(key[0], ColouredPhoto(opened, colouring))
    token.check()
    photo = known.photo
    level = level_for_pixels(photo.luminances, PROXY_PIXELS)
    pixels = photo.pixels(level, asked.settings.saturation, token=token)
    picture = build_picture(pixels, opened.photo.shape, token)
    return TileColours(key, picture, known, photo.colouring.model, photo.colouring.seconds)


@dataclass(frozen=True, eq=False)
class Sharper:
    """What is seen of a tile, with a pixel for each of the screen's."""

    key: TileKey
    patch: Patch


def sharpen(tiles: Sequence[TileColours], view: View, token: ProgressToken, deliver: Deliver) -> None:
    """Deliver a `Sharper` for each tile whose colours are kept. Raises `Cancelled`."""
    for tile in tiles:
        token.check()
        if tile.coloured is not None:
            patch = visible_patch(tile.coloured.photo, tile.key[1], view)
            if patch is not None:
                deliver(Sharper(tile.key, patch))


class TileResults:
    """The tiles that were coloured last, with what could not be."""

    def __init__(self, budget_bytes: int = COLOUR_BYTES) -> None:
        self.budget_bytes = budget_bytes
        self._kept: OrderedDict[Hashable, TileColours] = OrderedDict()
        self._errors: dict[Hashable, str] = {}

    @property
    def colour_bytes(self) -> int:
        """Memory of the colours that are kept, beside the small pictures."""
        return sum(tile.coloured.photo.nbytes for tile in self._kept.values() if tile.coloured is not None)

    def get(self, key: TileKey) -> TileColours | None:
        return self._kept.get(key)

    def error(self, key: TileKey) -> str:
        """Why a tile has no colours, in words; empty where nothing went wrong."""
        return self._errors.get(key, "")

    def is_pending(self, key: TileKey) -> bool:
        return key not in self._kept and key not in self._errors

    def put(self, tile: TileColours, shown: Collection[TileKey]) -> None:
        """Keep it; what is not shown goes before what is."""
        self._kept[tile.key] = tile
        for key in [key for key in self._kept if key not in shown]:
            if len(self._kept) <= _KEPT and self.colour_bytes <= self.budget_bytes:
                break
            del self._kept[key]
        self.trim(keep=tile.key)

    def trim(self, keep: TileKey | None = None) -> None:
        """Give colours up until the rest is within the budget: painting them may have taken memory, too."""
        for key in list(self._kept):
            if self.colour_bytes <= self.budget_bytes:
                break
            if key != keep:
                self._kept[key] = replace(self._kept[key], coloured=None)

    def fail(self, key: TileKey, words: str) -> None:
        self._errors[key] = words

    def sharpen(self, sharper: Sharper) -> None:
        """Show a sharper part of a tile, in place of the last one."""
        tile = self._kept.get(sharper.key)
        if tile is not None:
            picture = replace(tile.picture, patches=(sharper.patch,))
            self._kept[sharper.key] = replace(tile, picture=picture)

    def soften(self) -> None:
        """Let go of all sharper parts."""
        for key, tile in self._kept.items():
            if tile.picture.patches:
                self._kept[key] = replace(tile, picture=replace(tile.picture, patches=()))

    def forget_errors(self) -> None:
        """Try again what could not be coloured."""
        self._errors.clear()

    def clear(self) -> None:
        self._kept.clear()
        self._errors.clear()
