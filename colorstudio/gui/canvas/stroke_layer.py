"""The strokes over the photo: painted on a thread of their own, shown at once from what was painted last."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from colorstudio.document.strokes import Point, Stroke, StrokeKind
from colorstudio.gui.canvas.display import Display
from colorstudio.gui.canvas.growing import GrowingPath
from colorstudio.gui.canvas.photo_view import PhotoView
from colorstudio.gui.canvas.stroke_painting import Placement, StrokePainter, dirty_rect, render
from colorstudio.gui.jobs import Deliver, Lane
from colorstudio.progress import ProgressToken

_log = logging.getLogger(__name__)

# So many new strokes are painted at once while the thread is at it; more would hold up the window.
_AT_ONCE = 12


_OPACITY = {Display.SHOWN: 1.0, Display.DIMMED: 0.35, Display.HIDDEN: 0.0}
_GROWING_OPACITY = {**_OPACITY, Display.HIDDEN: 0.35}  # one sees what one draws


@dataclass(frozen=True, eq=False)
class _Wanted:
    strokes: tuple[Stroke, ...]
    selected: tuple[Stroke, ...]
    lifted: bool
    placement: Placement
    mark: QColor

    def is_same(self, other: _Wanted) -> bool:
        return (
            self.strokes is other.strokes
            and self.selected is other.selected
            and self.lifted == other.lifted
            and self.placement == other.placement
            and self.mark == other.mark
        )


@dataclass(frozen=True, eq=False)
class _Painted:
    """What became of a wish. Lifted strokes lie on an image of their own, to be shown elsewhere."""

    wanted: _Wanted
    base: QImage
    lifted: QImage | None
    marks: QImage | None


def _paint(painter: StrokePainter, wanted: _Wanted, token: ProgressToken, _deliver: Deliver) -> _Painted:
    chosen = {id(stroke) for stroke in wanted.selected} if wanted.lifted else set()
    painter.keep_only(wanted.strokes)
    below = [stroke for stroke in wanted.strokes if id(stroke) not in chosen]
    base = render(painter, below, wanted.placement, token)
    lifted = render(painter, wanted.selected, wanted.placement, token) if wanted.lifted else None
    marks = painter.paint_marks(wanted.selected, wanted.placement, wanted.mark) if wanted.selected else None
    return _Painted(wanted, base, lifted, marks)


class StrokeLayer(QObject):
    """Shows strokes, the one that grows, and which are selected.

    While the thread paints, the last image is shown where it belongs now, and what it lacks is painted
    over it.

    Parameters
    ----------
    lane
        For this alone; whoever made it ends it.

    Signals
    -------
    display_changed
        The `Display` is another.
    """

    display_changed = Signal(object)

    def __init__(self, canvas: PhotoView, lane: Lane) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._lane = lane
        self._busy = False
        self._stale = False
        self._ignored = False  # what the thread is at belongs to another photo
        self._strokes: tuple[Stroke, ...] = ()
        self._selected: tuple[Stroke, ...] = ()
        self._display = Display.SHOWN
        self._offset: tuple[float, float] | None = None  # of lifted strokes: rows, columns
        self._settling = False
        self._painted: _Painted | None = None
        self._growing: GrowingPath | None = None
        self._painter = StrokePainter()
        self._far_painter = StrokePainter()  # the lane's
        lane.finished.connect(self._on_painted)
        lane.failed.connect(self._on_failed)
        canvas.overlays.append(self)

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def display(self) -> Display:
        return self._display

    @display.setter
    def display(self, display: Display) -> None:
        if display is not self._display:
            self._display = display
            self.display_changed.emit(display)
            self._canvas.update()

    @property
    def is_current(self) -> bool:
        """Whether the image shows everything as it is, with nothing painted over it."""
        return (
            not self._busy
            and not self._stale
            and self._painted is not None
            and self._painted.wanted.is_same(self._wanted())
        )

    def clear(self) -> None:
        """Another photo: what was painted is of no use, not even for a moment."""
        self._painted = self._growing = self._offset = None
        self._stale = True
        self._ignored = self._busy
        self._canvas.update()

    def set_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        if strokes is not self._strokes:
            self._strokes = strokes
            self._canvas.update()

    def set_selected(self, strokes: Sequence[Stroke]) -> None:
        self._selected = tuple(strokes)
        self._canvas.update()

    def lift(self, rows: float, cols: float) -> None:
        """Show the selected strokes so far from where they are."""
        self._offset, self._settling = (rows, cols), False
        self._canvas.update()

    def let_down(self, *, back: bool) -> None:
        """Lifted strokes are where they are shown now, or `back` where they were."""
        if self._offset is not None:
            self._offset = (0.0, 0.0) if back else self._offset
            self._settling = True
            self._canvas.update()

    # -- what is being drawn ------------------------------------------------------------------------------

    def begin(self, kind: StrokeKind | None, rgb: tuple[int, int, int] | None = None) -> None:
        """A path begins; `kind` is None for the eraser's."""
        self._growing = GrowingPath(kind, rgb)

    def grow(self, points: Sequence[Point], radii_px: Sequence[float], *, anew: bool = False) -> None:
        """The path is this now; `anew` if it is not only longer."""
        if self._growing is None:
            return
        placement = self._placement()
        dirty = self._growing.show(points, radii_px, placement, anew=anew)
        painted = self._painted
        if self._growing.erases and painted is not None and painted.wanted.placement == placement:
            self._growing.cut_out_of(painted.base, placement, all_of_it=False)
        self._canvas.update(dirty_rect(dirty))

    def end(self) -> None:
        """Nothing is drawn any more; what was erased on the image alone is seen again."""
        if self._growing is not None:
            self._stale = self._stale or self._growing.erases
            self._growing = None
            self._canvas.update()

    # -- painting -----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, canvas: PhotoView) -> None:
        placement = self._placement()
        self._ask()
        painter.save()
        photo = canvas.view.photo_rect().intersected(canvas.view.area)
        painter.setClipRect(photo, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        opacity = _OPACITY[self._display]
        painted = self._painted
        if painted is not None and opacity:
            painter.setOpacity(opacity)
            self._paint_image(painter, painted.base, painted.wanted.placement, placement)
            if painted.lifted is not None:
                self._paint_image(painter, painted.lifted, painted.wanted.placement, placement, moved=True)
            self._painter.paint(painter, self._not_painted_yet(), placement)
        if self._growing is not None:
            painter.setOpacity(_GROWING_OPACITY[self._display])
            self._growing.paint(painter, placement)
        if painted is not None and painted.marks is not None and self._selected:
            painter.setOpacity(1.0)
            self._paint_image(painter, painted.marks, painted.wanted.placement, placement, moved=True)
        painter.restore()

    def _paint_image(
        self, painter: QPainter, image: QImage, then: Placement, now: Placement, *, moved: bool = False
    ) -> None:
        shift = QPointF()
        if moved and self._offset is not None:
            rows, cols = self._offset
            shift = QPointF(cols, rows) * now.scale
        if then == now:
            painter.drawImage(shift, image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(now.seen_from(then).translated(shift), image)

    def _not_painted_yet(self) -> list[Stroke]:
        assert self._painted is not None
        if self._strokes is self._painted.wanted.strokes:
            return []
        known = {id(stroke) for stroke in self._painted.wanted.strokes}
        new = [stroke for stroke in self._strokes if id(stroke) not in known]
        self._painter.keep_only(new)
        return new if len(new) <= _AT_ONCE else []

    def _placement(self) -> Placement:
        return Placement.of(self._canvas.view, self._canvas.size(), self._canvas.devicePixelRatioF())

    def _wanted(self) -> _Wanted:
        mark = self._canvas.palette().color(QPalette.ColorRole.Highlight)
        lifted = self._offset is not None and not self._settling
        return _Wanted(self._strokes, self._selected, lifted, self._placement(), mark)

    def _ask(self) -> None:
        """Have painted what is wanted, one at a time: during a long drag something is always finished."""
        if self._busy or self.is_current:
            return
        wanted = self._wanted()
        if not wanted.strokes:
            self._painted = _Painted(wanted, wanted.placement.image(), None, None)
            self._offset, self._stale = None, False
            return
        self._busy = True
        self._stale = False
        self._lane.submit(partial(_paint, self._far_painter, wanted))

    def _on_painted(self, painted: _Painted) -> None:
        self._busy = False
        if self._ignored:
            self._ignored = False
            self._canvas.update()
            return
        self._painted = painted
        if self._settling and not painted.wanted.lifted:
            self._offset, self._settling = None, False
        growing = self._growing
        if growing is not None and growing.erases and growing.points:
            growing.cut_out_of(painted.base, painted.wanted.placement, all_of_it=True)
        self._canvas.update()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        _log.error("the strokes could not be painted", exc_info=error)
