"""Which picture is on the screen: previews while somebody draws, in the end what the document says."""

from __future__ import annotations

from colorstudio.document.document import Document, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.gui.canvas.picture import Picture
from colorstudio.gui.live import Preview, RegionPatch
from colorstudio.gui.rendering import Rendered
from colorstudio.gui.results import ResultKey


class Showing:
    """Decides on each picture that arrives for the photo at hand whether it is to be shown.

    Attributes
    ----------
    live
        The strokes while one is being drawn, with that one.
    preview
        What is shown instead of the right picture.
    rendered
        The last one at full size.
    """

    def __init__(self) -> None:
        self.live: tuple[Stroke, ...] | None = None
        self.preview: Preview | None = None
        self.rendered: Rendered | None = None
        self._released: ResultKey | None = None  # what was wanted when the pen was lifted

    @property
    def finished(self) -> Picture | None:
        """The last picture at full size."""
        return self.rendered.picture if self.rendered is not None else None

    def release(self, key: ResultKey | None) -> None:
        """The pen is up, and this is wanted."""
        self._released = key

    def is_preview_of(self, strokes: tuple[Stroke, ...], settings: Settings) -> bool:
        shown = self.preview
        return shown is not None and (shown.document.strokes, shown.document.settings) == (strokes, settings)

    def take_preview(self, preview: Preview, document: Document, key: ResultKey, coloured: bool) -> bool:
        """Whether to show it.

        Parameters
        ----------
        key, coloured
            What the document wants, and whether its colours are there.
        """
        asked = document.strokes, document.settings
        is_asked = (preview.document.strokes, preview.document.settings) == asked
        # While somebody draws, and just after, each one is newer than what is shown.
        is_late = preview.drawn and self._released == key
        if self.live is None and (coloured or not (is_asked or is_late)):
            return False
        self.preview = preview
        return True

    def with_region(self, region: RegionPatch, key: ResultKey | None) -> Picture | None:
        """The picture to show once a part of the right one is there; None where it is not wanted."""
        below = self.preview.picture if self.preview is not None else self.finished
        if below is None or self.live is not None or region.key != key:
            return None
        return Picture(below.shape, below.levels, (*below.patches, region.patch))

    def take_finished(self, coloured: bool) -> bool:
        """Whether to show a picture of the last colours; `coloured` if they are the document's."""
        if self.live is not None or (self.preview is not None and not coloured):
            return False
        self.preview = None
        return True
