"""The work behind the tiles: one is coloured after the other, and what is seen of them painted sharply."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from colorstudio.document.document import Document
from colorstudio.gui.backend import ColouringResult
from colorstudio.gui.canvas.view_transform import ViewTransform
from colorstudio.gui.messages import words_for
from colorstudio.gui.model_grid.results import (
    Sharper,
    TileColours,
    TileKey,
    TileResults,
    colour_tile,
    key_of,
    sharpen,
)
from colorstudio.gui.rendering import View
from colorstudio.gui.session import DocumentSession

# Stages of a network's own colouring; the others are the same for all, or come but once.
_OF_NETWORK = ("prepare", "predict", "guide")


class TileWorker(QObject):
    """Colours documents and keeps what came of it, until there is another photo.

    Signals
    -------
    coloured
        A document has colours, or has failed.
    sharpened
        Pictures are sharper than before, or no longer.
    """

    coloured = Signal()
    sharpened = Signal()

    def __init__(self, session: DocumentSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.results = TileResults()
        self._wanted: dict[TileKey, Document] = {}
        self._under_way: TileKey | None = None
        self._longest_look: dict[str, float] = {}
        self._lane = session.new_lane("model grid")
        self._lane.finished.connect(self._on_coloured)
        self._lane.failed.connect(self._on_failed)
        self._sharp_lane = session.new_lane("model grid, sharper")
        self._sharp_lane.delivered.connect(self._on_sharper)
        self._sharp_lane.finished.connect(self._on_sharpened)
        self._sharp_lane.failed.connect(self._on_sharpening_failed)
        session.coloured.connect(self._on_photo_coloured)

    # -- what is known ------------------------------------------------------------------------------------

    def result(self, asked: Document) -> TileColours | None:
        return self.results.get(self._key(asked))

    def error(self, asked: Document) -> str:
        """Why a document cannot be coloured; empty where nothing went wrong."""
        return self.results.error(self._key(asked))

    def is_under_way(self, asked: Document) -> bool:
        return self._key(asked) == self._under_way

    def seconds(self, tile: TileColours) -> float:
        """What the network took, had it not seen the photo before; without a network, all that there was."""
        if not tile.model:
            return sum(tile.seconds.values())
        own = {stage: tile.seconds.get(stage, 0.0) for stage in _OF_NETWORK}
        own["prepare"] = max(own["prepare"], self._longest_look.get(tile.model, 0.0))
        return sum(own.values())

    def _key(self, asked: Document) -> TileKey:
        return key_of(asked, self._session.machine)

    # -- colouring ----------------------------------------------------------------------------------------

    def retry(self) -> None:
        """What has failed may go well now."""
        self.results.forget_errors()

    def colour(self, wanted: Sequence[Document]) -> None:
        """Have these coloured, the first ones first, and no others that were wanted before."""
        self._wanted = {self._key(asked): asked for asked in wanted}
        self._go_on()

    def stop(self) -> None:
        """Nothing is wanted any more; what is known stays."""
        self._wanted = {}
        self._go_on()
        self._sharp_lane.drop()

    def clear(self) -> None:
        """There is another photo."""
        self.stop()
        self.results.clear()
        self._longest_look.clear()

    def _go_on(self) -> None:
        pending = [key for key in self._wanted if self.results.is_pending(key)]
        if self._under_way in pending:
            return
        opened = self._session.photo
        if not pending or opened is None:
            self._under_way = None
            self._lane.drop()
            return
        self._under_way = key = pending[0]
        known = self._session.results.get(key[0])
        machine, backend = self._session.machine, self._session.backend
        self._lane.submit(partial(colour_tile, backend, opened, self._wanted[key], machine, known))

    def _on_coloured(self, tile: TileColours) -> None:
        self._under_way = None
        self._note_look(tile.model, tile.seconds)
        self.results.put(tile, self._wanted)
        self._go_on()
        self.coloured.emit()

    def _on_failed(self, error: Exception) -> None:
        key, self._under_way = self._under_way, None
        if key is not None:
            self.results.fail(key, words_for(error, self.tr("comparing models")))
        self._go_on()
        self.coloured.emit()

    def _on_photo_coloured(self, colouring: ColouringResult | None) -> None:
        if colouring is not None:
            self._note_look(colouring.model, colouring.seconds)

    def _note_look(self, model: str, seconds: dict[str, float]) -> None:
        """A network looks at a photo once; what it is asked then would make it seem faster than others."""
        self._longest_look[model] = max(seconds.get("prepare", 0.0), self._longest_look.get(model, 0.0))

    # -- sharper pictures ---------------------------------------------------------------------------------

    def sharpen(self, shown: Sequence[Document], view: ViewTransform) -> None:
        """Paint what is seen at the screen's size, where the small pictures are too small for that."""
        needed = 0.99 * view.zoom * view.photo_shape[1]
        found = [self.result(asked) for asked in shown]
        tiles = [tile for tile in found if tile is not None and tile.picture.levels[0].width() < needed]
        if tiles:
            work = partial(sharpen, tiles, View(view.visible_photo(), view.zoom))
            self._sharp_lane.submit(work, group=self._session.photo)
        else:
            self._sharp_lane.drop()
            self.results.soften()
            self.sharpened.emit()

    def _on_sharper(self, sharper: Sharper) -> None:
        self.results.sharpen(sharper)
        self.sharpened.emit()

    def _on_sharpened(self, _nothing: object) -> None:
        self.results.trim()

    def _on_sharpening_failed(self, error: Exception) -> None:
        """The small pictures are there; nobody waits for more."""
        words_for(error, self.tr("comparing models"))
