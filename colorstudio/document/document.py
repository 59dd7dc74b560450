"""What the user works on: a photo, the strokes on it and the settings of its colouring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from colorstudio.document.affine import IDENTITY
from colorstudio.document.preparation import UNPREPARED, Preparation, mapping, prepare
from colorstudio.document.reference import Reference
from colorstudio.document.stroke_geometry import transformed
from colorstudio.document.strokes import Stroke
from colorstudio.document.variation import Variation
from colorstudio.errors import UsageError
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.smoothing import SMOOTHINGS, Smoothing
from colorstudio.progress import ProgressToken

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
    vividness
        Which of the colours that the network holds plausible are taken: 0 is their mean, muted and the
        nearest to the truth on average, 1 the most colourful of them; None for what the network comes with.
    reference
        What the network colours the photo like, in the modes that have one; in pixels of the photo as it is
        prepared, as strokes.
    smoothing
        What makes the network's colours even within things: see `imaging.smoothing`.
    variation
        Which of several colourings is wanted, in the modes with a network; None for the one that the network
        would choose. In pixels of the photo as it is prepared.
    """

    model: str = ""
    saturation: float = 1.0
    mode: Mode = "hybrid"
    reach: float | None = None
    vividness: float | None = None
    reference: Reference | None = None
    smoothing: Smoothing = "none"
    variation: Variation | None = None

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
        if self.vividness is not None and not 0.0 <= self.vividness <= 1.0:
            raise UsageError(f"The vividness {self.vividness:g} is out of range: give a number from 0 to 1.")
        if self.smoothing not in SMOOTHINGS:
            raise UsageError(
                f"There is no smoothing {self.smoothing!r}: give one of {', '.join(SMOOTHINGS)}."
            )


@dataclass(frozen=True)
class DocumentState:
    """All of a document but its photo: what a project keeps, and what a result depends on.

    Attributes
    ----------
    strokes
        In pixels of the photo as the preparation makes it.
    """

    settings: Settings = Settings()
    strokes: tuple[Stroke, ...] = ()
    preparation: Preparation = UNPREPARED


class Edit(Protocol):
    """One named, revertible step of the history."""

    @property
    def name(self) -> str: ...

    def apply(self, document: Document) -> None: ...

    def revert(self, document: Document) -> None: ...

    def merged_with(self, later: Edit) -> Edit | None:
        """This edit and `later` as one step, or None if they stay two."""
        ...


class Prepared(NamedTuple):
    """A preparation with what came of it: the photo, and what lies on it where it is then."""

    preparation: Preparation
    photo: Photo
    strokes: tuple[Stroke, ...]
    reference: Reference | None = None
    variation: Variation | None = None


class Document:
    """The inputs of a coloured picture. Results are caches keyed by `revision`.

    Attributes
    ----------
    source
        The photo as it was read.
    photo
        The photo as it is prepared: what is coloured, and what strokes are painted on.
    preparation
        What made the one of the other.

    Parameters
    ----------
    source
        None where nothing is prepared: the photo itself.
    """

    def __init__(
        self,
        photo: Photo,
        settings: Settings | None = None,
        strokes: Sequence[Stroke] = (),
        *,
        source: Photo | None = None,
        preparation: Preparation = UNPREPARED,
    ) -> None:
        self.source = source or photo
        self._photo = photo
        self._preparation = preparation
        self._settings = settings or Settings()
        self._strokes = tuple(strokes)
        self._revision = 0

    @classmethod
    def from_state(cls, source: Photo, state: DocumentState, token: ProgressToken | None = None) -> Document:
        """A document as it was, from its photo as that was read; takes as long as `prepare` does.

        Raises
        ------
        UsageError
            The crop does not lie in this photo.
        Cancelled
        """
        photo = prepare(source, state.preparation, token)
        return cls(photo, state.settings, state.strokes, source=source, preparation=state.preparation)

    @property
    def photo(self) -> Photo:
        return self._photo

    @property
    def preparation(self) -> Preparation:
        return self._preparation

    @property
    def state(self) -> DocumentState:
        return DocumentState(self._settings, self._strokes, self._preparation)

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

    def set_prepared(self, prepared: Prepared) -> None:
        """For edits; see `ChangePreparation`."""
        if prepared.photo is not self._photo:
            self._photo.forget_luminance()  # a long history holds many photos
        self._preparation, self._photo, self._strokes, reference, variation = prepared
        now = self._settings
        if reference is not now.reference or variation is not now.variation:
            self._settings = replace(now, reference=reference, variation=variation)
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
    merge_key: str = ""  # as in `ChangeSettings`: a drag through many colours is one step

    @classmethod
    def of(
        cls, document: Document, name: str, after: Sequence[Stroke], *, merge_key: str = ""
    ) -> ChangeStrokes:
        return cls(name, document.strokes, tuple(after), merge_key)

    def apply(self, document: Document) -> None:
        document.set_strokes(self.after)

    def revert(self, document: Document) -> None:
        document.set_strokes(self.before)

    def merged_with(self, later: Edit) -> Edit | None:
        if isinstance(later, ChangeStrokes) and self.merge_key and self.merge_key == later.merge_key:
            return ChangeStrokes(later.name, self.before, later.after, self.merge_key)
        return None


@dataclass(frozen=True)
class ChangePreparation:
    """Turn, straighten or crop the photo or set its levels, in one step; what lies on it goes along."""

    name: str
    before: Prepared
    after: Prepared
    merge_key: str = ""

    @classmethod
    def of(
        cls, document: Document, name: str, preparation: Preparation, photo: Photo, *, merge_key: str = ""
    ) -> ChangePreparation:
        """The step, computed but not made.

        Parameters
        ----------
        photo
            What `prepare` makes of the document's source.
        """
        reference, variation = document.settings.reference, document.settings.variation
        before = Prepared(document.preparation, document.photo, document.strokes, reference, variation)
        where = mapping(document.source.shape, document.preparation, preparation)
        strokes = document.strokes
        if where != IDENTITY:
            strokes = tuple(transformed(stroke, where) for stroke in strokes)
            reference = reference.moved(where) if reference is not None else None
            variation = variation.moved(where) if variation is not None else None
        return cls(name, before, Prepared(preparation, photo, strokes, reference, variation), merge_key)

    def apply(self, document: Document) -> None:
        document.set_prepared(self.after)

    def revert(self, document: Document) -> None:
        document.set_prepared(self.before)

    def merged_with(self, later: Edit) -> Edit | None:
        if isinstance(later, ChangePreparation) and self.merge_key and self.merge_key == later.merge_key:
            return ChangePreparation(later.name, self.before, later.after, self.merge_key)
        return None
