"""Where the photo lies in the view: zoom, pan, and the one conversion between (x, y) and (row, col).

Knows no widget and no pixels. Lengths of the view are in Qt's device-independent pixels; `zoom` is
photo pixels to *device* pixels, so that 1.0 is one photo pixel on one dot of the screen whatever its scale.
The view may be a part of a widget only: its coordinates are the widget's.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

MIN_ZOOM = 0.01
MAX_ZOOM = 32.0
ZOOM_LADDER = (
    *(0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.10, 0.125, 0.167, 0.25, 0.333, 0.5, 0.667),
    *(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0),
)
# The fitted photo keeps this distance to the edges of the view.
FIT_MARGIN = 24.0
LARGEST_FIT = 2.0  # of small photos
# A photo larger than the view can be pulled this far off its edges.
PAN_SLACK = 48.0


@dataclass(frozen=True)
class PhotoPoint:
    """A place on the photo, in pixels from its upper left corner; (0.5, 0.5) is the first pixel's middle."""

    row: float
    col: float


class ViewTransform:
    """Maps photo coordinates to view coordinates and back.

    Parameters
    ----------
    margin
        Distance that the fitted photo keeps to the edges of the view.
    """

    def __init__(self, margin: float = FIT_MARGIN) -> None:
        self._margin = margin
        self._shape = (0, 0)
        self._view = QRectF()
        self._device_ratio = 1.0
        self._zoom = 1.0
        self._origin = QPointF(0, 0)  # of the photo's upper left corner in the view
        self._fitted = True

    # -- what it looks at ---------------------------------------------------------------------------------

    def set_photo_shape(self, shape: tuple[int, int]) -> None:
        """Height and width of the photo; a new shape is fitted into the view."""
        if shape != self._shape:
            self._shape = shape
            self.fit()

    def set_view(self, size: QSizeF, device_ratio: float, corner: QPointF | None = None) -> None:
        """The view has another size or place: a fitted photo is fitted again, else the middle stays put.

        Parameters
        ----------
        corner
            The upper left one of the view, on a whole dot of the screen; (0, 0) by default.
        """
        middle = self.to_photo(self._view.center())
        # The photo keeps its size on the screen's dots, so its size in Qt's pixels may change.
        self._view, self._device_ratio = QRectF(corner or QPointF(), size), device_ratio
        if self._fitted:
            self.fit()
        else:
            self._place(middle, self._view.center())

    @property
    def area(self) -> QRectF:
        """Where the view lies in its widget."""
        return QRectF(self._view)

    @property
    def photo_shape(self) -> tuple[int, int]:
        return self._shape

    @property
    def zoom(self) -> float:
        """Device pixels of the screen a photo pixel."""
        return self._zoom

    @property
    def fitted(self) -> bool:
        return self._fitted

    @property
    def scale(self) -> float:
        """Pixels of the view (device-independent) a photo pixel."""
        return self._zoom / self._device_ratio

    # -- conversion ---------------------------------------------------------------------------------------

    def to_photo(self, point: QPointF) -> PhotoPoint:
        """(x, y) of the view to (row, col) of the photo."""
        scale = self.scale or 1.0
        return PhotoPoint((point.y() - self._origin.y()) / scale, (point.x() - self._origin.x()) / scale)

    def to_view(self, place: PhotoPoint) -> QPointF:
        """(row, col) of the photo to (x, y) of the view."""
        return QPointF(
            self._origin.x() + place.col * self.scale,
            self._origin.y() + place.row * self.scale,
        )

    def photo_rect(self) -> QRectF:
        """The whole photo in view coordinates."""
        height, width = self._shape
        return QRectF(self._origin, QSizeF(width * self.scale, height * self.scale))

    def visible_photo(self, within: QRectF | None = None) -> QRectF:
        """The part of the photo that can be seen, x = col and y = row, in photo pixels."""
        view = self._view if within is None else within
        seen = view.intersected(self.photo_rect())
        if seen.isEmpty():
            return QRectF()
        first, last = self.to_photo(seen.topLeft()), self.to_photo(seen.bottomRight())
        return QRectF(first.col, first.row, last.col - first.col, last.row - first.row)

    # -- moving -------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """The whole photo in the view; small photos are not enlarged beyond twice their size."""
        height, width = self._shape
        self._fitted = True
        if not height or not width or self._view.isEmpty():
            return
        room_x = max(self._view.width() - 2 * self._margin, 1.0)
        room_y = max(self._view.height() - 2 * self._margin, 1.0)
        zoom = min(room_x / width, room_y / height) * self._device_ratio
        self._zoom = min(max(zoom, MIN_ZOOM), LARGEST_FIT * self._device_ratio)
        self._keep_in_view()

    def zoom_at(self, anchor: QPointF, zoom: float) -> None:
        """Zoom so that what is under `anchor` stays there."""
        place = self.to_photo(anchor)
        self._zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        self._fitted = False
        self._place(place, anchor)

    def look_at(self, place: PhotoPoint, zoom: float) -> None:
        """Bring a place of the photo to the middle."""
        self._zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        self._fitted = False
        self._place(place, self._view.center())

    def pan_by(self, delta: QPointF) -> None:
        self._fitted = False
        self._origin += delta
        self._keep_in_view()

    def next_zoom(self, *, inwards: bool) -> float:
        """The next step of the ladder from here."""
        if inwards:
            return next((step for step in ZOOM_LADDER if step > self._zoom * 1.01), MAX_ZOOM)
        return next((step for step in reversed(ZOOM_LADDER) if step < self._zoom * 0.99), MIN_ZOOM)

    def _place(self, place: PhotoPoint, at: QPointF) -> None:
        self._origin = QPointF(at.x() - place.col * self.scale, at.y() - place.row * self.scale)
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        height, width = self._shape
        view = self._view
        self._origin = QPointF(
            self._kept(self._origin.x(), width * self.scale, view.left(), view.width()),
            self._kept(self._origin.y(), height * self.scale, view.top(), view.height()),
        )

    def _kept(self, origin: float, length: float, start: float, room: float) -> float:
        if length <= room:
            origin = start + (room - length) / 2
        else:
            slack = PAN_SLACK if room > 2 * PAN_SLACK else 0.0
            origin = min(max(origin, start + room - length - slack), start + slack)
        # Whole dots of the screen: at 100 % each photo pixel is exactly one of them.
        return round(origin * self._device_ratio) / self._device_ratio
