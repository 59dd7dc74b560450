"""Levels: seen at once while they are dragged, set in one step when they are let go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from colorstudio.document.affine import IDENTITY
from colorstudio.document.compositor import composite
from colorstudio.document.document import Document
from colorstudio.document.levels import Levels, automatic_levels
from colorstudio.document.preparation import Preparation, prepare
from colorstudio.gui.backend import ColouringResult
from colorstudio.gui.canvas.picture import Picture, image_of
from colorstudio.gui.jobs import Deliver
from colorstudio.gui.loading import eight_bit, proxy_shape, with_alpha
from colorstudio.gui.messages import Message, Severity, words_for
from colorstudio.gui.panels.preparing.histogram import histogram
from colorstudio.gui.panels.preparing.page import PreparingPage
from colorstudio.gui.session import Task
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.resample import resize
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow


@dataclass(frozen=True, eq=False)
class _Base:
    """The photo without levels, small: what levels are judged and shown by.

    Attributes
    ----------
    luminance
        ``(h, w)`` L*.
    alpha
        ``(h, w)`` uint8, or None.
    """

    document: Document
    preparation: Preparation  # without levels
    shape: tuple[int, int]
    luminance: NDArray[np.float32]
    alpha: NDArray[np.uint8] | None
    counts: NDArray[np.float64]
    automatic: Levels


def _look(document: Document, preparation: Preparation, token: ProgressToken, _deliver: Deliver) -> _Base:
    photo: Photo = prepare(document.source, preparation, token)
    small = proxy_shape(photo.shape)
    luminance = photo.luminance if small == photo.shape else resize(photo.luminance, small).astype(np.float32)
    alpha = None
    if photo.alpha is not None:
        alpha = np.clip(resize(eight_bit(photo.alpha).astype(np.float32), small) + 0.5, 0, 255).astype(
            np.uint8
        )
    token.check()
    automatic = automatic_levels(photo.luminance)
    return _Base(document, preparation, photo.shape, luminance, alpha, histogram(luminance), automatic)


@dataclass(frozen=True, eq=False)
class _Preview:
    base: _Base
    gray: Picture
    coloured: Picture | None


def _preview(
    base: _Base,
    colouring: ColouringResult | None,
    saturation: float,
    levels: Levels,
    _token: ProgressToken,
    deliver: Deliver,
) -> None:
    # Handed out on the way, token unseen: in a steady drag each position supersedes the one before.
    # The colours that there are on the new lightness: nearly those that the network will give.
    luminance = levels.of(base.luminance)
    height, width = luminance.shape
    coloured = None
    if colouring is not None:
        planes = colouring.chroma.resized((height, width)).region_planes(
            base.luminance, slice(0, height), slice(0, width)
        )
        chroma = np.moveaxis(planes, 0, -1)
        coloured = _picture(base, composite(luminance, chroma, saturation=saturation))
    deliver(_Preview(base, _picture(base, composite(luminance, None)), coloured))


def _picture(base: _Base, pixels: NDArray[np.uint8 | np.uint16]) -> Picture:
    shown = eight_bit(pixels)
    return Picture(base.shape, (image_of(shown if base.alpha is None else with_alpha(shown, base.alpha)),))


class LevellingController(QObject):
    """Between the page and the session."""

    def __init__(self, window: MainWindow, page: PreparingPage) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._page = page
        self._base: _Base | None = None
        self._wants_automatic = False
        self._looking = self._session.new_lane("levels")
        self._previewing = self._session.new_lane("levels preview")
        self._looking.finished.connect(self._on_looked)
        self._previewing.delivered.connect(self._on_previewed)
        for lane in (self._looking, self._previewing):
            lane.failed.connect(self._on_failed)
        page.levels_moved.connect(self._preview)
        page.levels_chosen.connect(self._set)
        page.automatic_wanted.connect(self.set_automatically)
        for changed in (self._session.opened, self._session.closed, self._session.edited):
            changed.connect(self._follow)
        self._session.failed.connect(self._on_given_up)
        self._session.stopped.connect(self._on_given_up)
        self._follow()

    @property
    def ready(self) -> bool:
        """Whether the photo's lightness is known."""
        return self._base is not None

    def set_automatically(self) -> None:
        """Set the levels that fit the photo, as soon as they are known."""
        if self._base is None:
            self._wants_automatic = self._session.document is not None
            return
        self._wants_automatic = False
        if self._base.automatic.change_nothing:
            words = self.tr(
                "There is nothing to stretch in this photo: it reaches from dark to bright, or has one tone."
            )
            self._window.tell(Message(words, topic="prepare"))
        self._set(None if self._base.automatic.change_nothing else self._base.automatic)

    def _set(self, levels: Levels | None) -> None:
        preparation = self._session.preparation
        if self._session.document is None:
            return
        self._previewing.drop()
        if levels != preparation.levels:
            name = self.tr("levels") if levels is not None else self.tr("no levels")
            self._session.prepare(name, replace(preparation, levels=levels))
        else:
            self._end_preview()

    # -- keeping in step ----------------------------------------------------------------------------------

    def _follow(self, *_: object) -> None:
        document = self._session.document
        self._page.levels_section.setEnabled(document is not None)
        self._page.show_levels(self._session.preparation.levels)
        if document is None:
            self._base = None
            self._looking.drop()
            self._page.show_histogram(None)
            return
        unlevelled = replace(document.preparation, levels=None)
        base = self._base
        if base is None or base.document is not document or base.preparation != unlevelled:
            self._base = None
            self._looking.submit(partial(_look, document, unlevelled))

    def _on_looked(self, base: _Base) -> None:
        if base.document is not self._session.document:
            return
        self._base = base
        self._page.show_histogram(base.counts)
        if self._wants_automatic:
            self.set_automatically()

    def _preview(self, levels: Levels) -> None:
        document = self._session.document
        if self._base is not None and document is not None:
            saturation = document.settings.saturation
            work = partial(_preview, self._base, self._session.colouring, saturation, levels)
            self._previewing.submit(work, group=self._base)

    def _on_previewed(self, preview: _Preview) -> None:
        if preview.base is self._base:
            self._window.canvas.exchange(preview.gray, preview.coloured, IDENTITY)

    def _on_given_up(self, task: Task, *_: object) -> None:
        if task is Task.PREPARE and self._session.photo is not None:
            self._page.show_levels(self._session.preparation.levels)
            self._end_preview()

    def _end_preview(self) -> None:
        """Show the photo as it is again."""
        if self._session.photo is not None:
            self._window.canvas.exchange(self._session.photo.gray, self._window.canvas.after, IDENTITY)
            self._session.render()

    def _on_failed(self, error: Exception) -> None:
        words = words_for(error, self.tr("setting the levels"))
        self._window.tell(Message(words, Severity.ERROR, topic="prepare"))
