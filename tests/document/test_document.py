"""The document's strokes and settings, and the steps that change them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.document import MAX_SATURATION, ChangeSettings, ChangeStrokes, Document, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.errors import UsageError
from colorstudio.imaging.photo import Photo, PhotoKind


def _document() -> Document:
    return Document(Photo(np.full((3, 4), 128, np.uint8), PhotoKind.GRAY))


@pytest.mark.parametrize("saturation", [-0.1, MAX_SATURATION + 0.1, float("nan")])
def test_a_saturation_out_of_range_is_refused(saturation: float) -> None:
    with pytest.raises(UsageError, match="out of range"):
        Settings(saturation=saturation)


@pytest.mark.parametrize("reach", [0.0, -0.5, float("nan")])
def test_a_reach_out_of_range_is_refused(reach: float) -> None:
    with pytest.raises(UsageError, match=r"reach .* out of range"):
        Settings(reach=reach)


def test_a_reach_may_be_infinite_or_left_open() -> None:
    assert Settings(reach=math.inf).reach == math.inf
    assert Settings().reach is None


def test_a_mode_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match=r"no mode 'other'.*hybrid, network, scribbles"):
        Settings(mode="other")  # pyright: ignore[reportArgumentType]


@given(st.floats(0, MAX_SATURATION), st.floats(0, MAX_SATURATION), st.sampled_from(["", "one", "two"]))
def test_apply_then_revert_is_the_identity(first: float, second: float, model: str) -> None:
    document = Document(_document().photo, Settings(saturation=first))
    before = document.settings
    edit = ChangeSettings.of(document, "Change", saturation=second, model=model)
    edit.apply(document)
    assert document.settings == Settings(model=model, saturation=second)
    edit.revert(document)
    assert document.settings == before


def test_the_revision_grows_with_every_change_and_never_comes_back() -> None:
    document = _document()
    edit = ChangeSettings.of(document, "Change", saturation=0.5)
    revisions = [document.revision]
    for step in (edit.apply, edit.revert, edit.apply):
        step(document)
        revisions.append(document.revision)
    assert revisions == sorted(set(revisions))


def test_a_drag_of_one_slider_is_one_step() -> None:
    document = _document()
    first = ChangeSettings.of(document, "Intensity", merge_key="saturation", saturation=0.9)
    first.apply(document)
    second = ChangeSettings.of(document, "Intensity", merge_key="saturation", saturation=0.7)
    second.apply(document)
    merged = first.merged_with(second)
    assert merged is not None
    merged.revert(document)
    assert document.settings.saturation == 1
    merged.apply(document)
    assert document.settings.saturation == 0.7


def test_other_steps_stay_apart() -> None:
    document = _document()
    slider = ChangeSettings.of(document, "Intensity", merge_key="saturation", saturation=0.9)
    model = ChangeSettings.of(document, "Model", model="other")
    assert slider.merged_with(model) is None
    assert model.merged_with(slider) is None
    assert model.merged_with(model) is None


def test_strokes_are_painted_and_taken_back() -> None:
    document = _document()
    assert document.strokes == ()
    first, second = Stroke(((0.0, 1.0),), 1.0, "neutral"), Stroke(((2.0, 2.0),), 1.0, "keep")
    painted = ChangeStrokes.of(document, "Stroke", [first])
    painted.apply(document)
    added = ChangeStrokes.of(document, "Stroke", [*document.strokes, second])
    added.apply(document)
    assert document.strokes == (first, second)
    assert document.revision == 2
    assert painted.merged_with(added) is None
    added.revert(document)
    assert document.strokes == (first,)
    painted.revert(document)
    assert document.strokes == ()
    assert document.revision == 4


def test_a_document_may_start_with_strokes() -> None:
    stroke = Stroke(((0.0, 1.0),), 1.0, "neutral")
    assert Document(_document().photo, strokes=[stroke]).strokes == (stroke,)


def test_the_luminance_is_the_photos() -> None:
    document = _document()
    ChangeSettings.of(document, "Change", saturation=0).apply(document)
    assert document.luminance is document.photo.luminance
