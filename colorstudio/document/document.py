"""What the user works on: a photo, the strokes on it and the settings of its colouring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.strokes import Stroke
from colorstudio.errors import UsageError
from colorstudio.imaging.photo import Photo

MAX_SATURATION = 2.0

Mode = Literal["hybrid", "network", "scribbles"]
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True)
class Settings:
    """Everything of a colouring that the user can set, and that a project keeps.

    Attributes
    ----------
    model
        Name of the network; empty for the default one.
    saturation
        Factor on the chroma: 0 is gray, 1 as predicted, at most `MAX_SATURATION`.
    mode
        What the strokes do. "hybrid": the network takes them as hints, and what they want beyond its answer
        spreads along the edges of the photo. "network": they are hints alone. "scribbles": their colours
        spread, and there is no network.
    reach
        In the mode "hybrid", how far a stroke's influence goes in a flat area, as a part of the photo's
        longer side: there it has fallen to 1/e. Above 0, or `math.inf`; None for the usual one.
    """

    model: str = ""
    saturation: float = 1.0
    mode: Mode = "hybrid"
    reach: float | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.saturation <= MAX_SATURATION:
            raise UsageError(
                f"The saturation {self.saturation:g} is out of range: "
                f"give a number from 0 to {MAX_SATURATION:g}."
            )
        if self.mode not in MODES:
            raise UsageError(f"There is no mode {self.mode!r}: give one of {', '.join(MODES)}.")
        if self.reach is not None and not self.reach > 0:
            raise UsageError(f"The reach {self.reach:g} is out of range: give a number above 0, or inf.")


class Edit(Protocol):
    """One named, revertible step of the history."""

    @property
    def name(self) -> str: ...

    def apply(self, document: Document) -> None: ...

    def revert(self, document: Document) -> None: ...

    def merged_with(self, later: Edit) -> Edit | None:
        """This edit and `later` as one step, or None if they stay two."""
        ...


class Document:
    """The inputs of a coloured picture. Results are caches keyed by `revision`."""

    def __init__(
        self, photo: Photo, settings: Settings | None = None, strokes: Sequence[Stroke] = ()
    ) -> None:
        self.photo = photo
        self._settings = settings or Settings()
        self._strokes = tuple(strokes)
        self._revision = 0

    @property
    def luminance(self) -> NDArray[np.float32]:
        """L* in [0, 100], ``(H, W)`` float32. Never changed by colouring."""
        return self.photo.luminance

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """In the order they were painted: where two lie over each other, the later is seen."""
        return self._strokes

    @property
    def revision(self) -> int:
        """Grows with every change, never comes back to an old value."""
        return self._revision

    def set_settings(self, settings: Settings) -> None:
        """For edits; the window goes through `ChangeSettings` so that it can be undone."""
        self._settings = settings
        self._revision += 1

    def set_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """For edits; see `ChangeStrokes`."""
        self._strokes = strokes
        self._revision += 1


@dataclass(frozen=True)
class ChangeSettings:
    """Change one or several settings in one step.

    Two changes of the same single setting that follow each other (a drag of its slider) merge.
    """

    name: str
    before: Settings
    after: Settings
    merge_key: str = ""  # changes with the same non-empty key become one step

    @classmethod
    def of(cls, document: Document, name: str, *, merge_key: str = "", **changes: object) -> ChangeSettings:
        before = document.settings
        return cls(name, before, replace(before, **changes), merge_key)  # type: ignore[arg-type]

    def apply(self, document: Document) -> None:
        document.set_settings(self.after)

    def revert(self, document: Document) -> None:
        document.set_settings(self.before)

    def merged_with(self, later: Edit) -> Edit | None:
        if isinstance(later, ChangeSettings) and self.merge_key and self.merge_key == later.merge_key:
            return ChangeSettings(later.name, self.before, later.after, self.merge_key)
        return None


@dataclass(frozen=True)
class ChangeStrokes:
    """Paint, recolour, move or erase strokes in one step."""

    name: str
    before: tuple[Stroke, ...]
    after: tuple[Stroke, ...]

    @classmethod
    def of(cls, document: Document, name: str, after: Sequence[Stroke]) -> ChangeStrokes:
        return cls(name, document.strokes, tuple(after))

    def apply(self, document: Document) -> None:
        document.set_strokes(self.after)

    def revert(self, document: Document) -> None:
        document.set_strokes(self.before)

    def merged_with(self, later: Edit) -> Edit | None:  # noqa: ARG002 - each stroke is a step of its own
        return None
