"""Undoing all that was done gives the document back bit for bit, redoing all of it the result."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.document import (
    ChangePreparation,
    ChangeSettings,
    ChangeStrokes,
    Document,
    DocumentState,
    Edit,
)
from colorstudio.document.levels import Levels
from colorstudio.document.preparation import Crop, Preparation, prepare
from colorstudio.document.state_json import state_as_json, state_from_json
from colorstudio.document.stroke_geometry import erase, moved
from colorstudio.document.strokes import Cut, Stroke, rasterise
from colorstudio.imaging.photo import Photo, PhotoKind, Pixels

SHAPE = (20, 28)
PIXELS = np.random.default_rng(0).integers(0, 65536, SHAPE, np.uint16)

PLACE = st.tuples(st.floats(-4, 24), st.floats(-4, 32))
RADIUS = st.floats(0, 6)
RGB = st.tuples(*[st.integers(0, 255)] * 3)
POINTS = st.lists(PLACE, min_size=1, max_size=4).map(tuple)
RUN = st.tuples(st.integers(0, 19), st.integers(0, 20), st.integers(1, 8))
STROKE = st.one_of(
    st.builds(Stroke, POINTS, RADIUS, st.just("colour"), RGB),
    st.builds(Stroke, POINTS, RADIUS, st.sampled_from(["neutral", "keep"])),
    st.builds(lambda radii: Stroke(((3, 3), (15, 22)), 2, "keep", radii_px=radii), st.tuples(RADIUS, RADIUS)),
    st.lists(RUN, min_size=1, max_size=3).map(
        lambda runs: Stroke((), 0, "neutral", runs=tuple((row, col, col + count) for row, col, count in runs))
    ),
)
CROP = st.builds(Crop, st.integers(0, 5), st.integers(0, 5), st.integers(4, 12), st.integers(4, 12))
LEVELS = st.builds(Levels, st.floats(0, 30), st.floats(60, 100), st.floats(0.5, 2))
PREPARATION = st.builds(
    Preparation,
    st.integers(0, 3),
    st.one_of(st.just(0.0), st.floats(-20, 20)),
    st.one_of(st.none(), CROP),
    st.one_of(st.none(), LEVELS),
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "saturation": st.floats(0, 2),
        "mode": st.sampled_from(["hybrid", "network", "scribbles"]),
        "model": st.sampled_from(["", "studio-2"]),
        "reach": st.one_of(st.none(), st.floats(0.001, 10), st.just(math.inf)),
    },
)
KEY = st.sampled_from(["", "drag"])


@dataclass(frozen=True, eq=False)
class _Seen:
    """All that can be seen of a document, strokes as objects included."""

    state: DocumentState
    photo: Photo
    strokes: tuple[Stroke, ...]
    pixels: Pixels
    painted: list[np.ndarray]

    @classmethod
    def of(cls, document: Document) -> _Seen:
        raster = rasterise(document.strokes, document.photo.shape)
        return cls(
            document.state,
            document.photo,
            document.strokes,
            document.photo.pixels.copy(),
            [raster.indices, raster.stroke],
        )

    def assert_same(self, other: _Seen) -> None:
        assert self.state == other.state
        assert self.photo is other.photo
        assert len(self.strokes) == len(other.strokes)
        assert all(one is same for one, same in zip(self.strokes, other.strokes, strict=True))
        np.testing.assert_array_equal(self.pixels, other.pixels)
        for one, same in zip(self.painted, other.painted, strict=True):
            np.testing.assert_array_equal(one, same)


class _History:
    """As the window keeps it: edits that merge are one step, an edit after undoing forgets the undone."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.done: list[Edit] = []
        self.undone: list[Edit] = []
        self.seen = [_Seen.of(document)]  # before each step, and now

    def push(self, edit: Edit) -> None:
        edit.apply(self.document)
        merged = self.done[-1].merged_with(edit) if self.done else None
        if merged is not None:
            self.done[-1] = merged
            self.seen.pop()
        else:
            self.done.append(edit)
        self.undone.clear()
        del self.seen[len(self.done) :]
        self.seen.append(_Seen.of(self.document))

    def undo(self) -> None:
        if self.done:
            self.undone.append(self.done.pop())
            self.undone[-1].revert(self.document)

    def redo(self) -> None:
        if self.undone:
            self.done.append(self.undone.pop())
            self.done[-1].apply(self.document)

    def check(self) -> None:
        self.seen[len(self.done)].assert_same(_Seen.of(self.document))


def _one(draw: Callable[[Any], Any], document: Document) -> int:
    return draw(st.integers(0, len(document.strokes) - 1))


def _with(document: Document, index: int, stroke: Stroke) -> list[Stroke]:
    return [*document.strokes[:index], stroke, *document.strokes[index + 1 :]]


def _edit(draw: Callable[[Any], Any], document: Document) -> Edit:
    kinds = ["settings", "preparation", "paint"]
    kinds += ["erase", "move", "recolour", "delete"] if document.strokes else []
    kind = draw(st.sampled_from(kinds))
    if kind == "settings":
        return ChangeSettings.of(document, kind, merge_key=draw(KEY), **draw(SETTINGS))
    if kind == "preparation":
        preparation = draw(PREPARATION)
        photo = prepare(document.source, preparation)
        return ChangePreparation.of(document, kind, preparation, photo, merge_key=draw(KEY))
    if kind == "paint":
        after = [*document.strokes, draw(STROKE)]
    elif kind == "erase":
        after = erase(document.strokes, Cut(draw(POINTS), draw(RADIUS)), document.photo.shape)
    elif kind == "delete":
        index = _one(draw, document)
        after = [*document.strokes[:index], *document.strokes[index + 1 :]]
    else:
        index = _one(draw, document)
        stroke = document.strokes[index]
        if kind == "move":
            changed = moved(stroke, draw(st.floats(-9, 9)), draw(st.floats(-9, 9)))
        else:
            changed = replace(stroke, kind="colour", rgb=draw(RGB))
        after = _with(document, index, changed)
    return ChangeStrokes.of(document, kind, after, merge_key=draw(KEY))


@given(st.data())
def test_undone_and_redone_the_document_is_the_same_bit_for_bit(data: st.DataObject) -> None:
    document = Document(Photo(PIXELS, PhotoKind.GRAY))
    history = _History(document)
    start = _Seen.of(document)
    for _ in range(data.draw(st.integers(1, 12))):
        action = data.draw(st.sampled_from(["edit", "edit", "edit", "undo", "redo"]))
        if action == "edit":
            history.push(_edit(data.draw, document))
        elif action == "undo":
            history.undo()
        else:
            history.redo()
        history.check()
    while history.undone:
        history.redo()
        history.check()
    end = _Seen.of(document)
    while history.done:
        history.undo()
        history.check()
    start.assert_same(_Seen.of(document))
    while history.undone:
        history.redo()
        history.check()
    end.assert_same(_Seen.of(document))


@given(st.data())
def test_a_state_survives_as_json_and_makes_the_same_document(data: st.DataObject) -> None:
    document = Document(Photo(PIXELS, PhotoKind.GRAY))
    for _ in range(data.draw(st.integers(1, 8))):
        _edit(data.draw, document).apply(document)
    state = state_from_json(json.loads(json.dumps(state_as_json(document.state))), "it")
    assert state == document.state
    assert hash(state) == hash(document.state)
    again = Document.from_state(document.source, state)
    assert again.state == document.state
    assert again.photo.kind is document.photo.kind
    np.testing.assert_array_equal(again.photo.pixels, document.photo.pixels)
    raster, expected = (
        rasterise(strokes, document.photo.shape) for strokes in (again.strokes, document.strokes)
    )
    np.testing.assert_array_equal(raster.indices, expected.indices)
    np.testing.assert_array_equal(raster.stroke, expected.stroke)
