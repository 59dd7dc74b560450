"""The document's strokes and settings, and the steps that change them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.document.document import (
    MAX_SATURATION,
    ChangePreparation,
    ChangeSettings,
    ChangeStrokes,
    Document,
    DocumentState,
    Settings,
)
from colorstudio.document.levels import Levels
from colorstudio.document.preparation import Crop, Preparation, prepare
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


@pytest.mark.parametrize("vividness", [-0.01, 1.01, float("nan")])
def test_a_vividness_out_of_range_is_refused(vividness: float) -> None:
    with pytest.raises(UsageError, match=r"vividness .* out of range: give a number from 0 to 1"):
        Settings(vividness=vividness)


def test_a_vividness_may_be_left_to_the_network() -> None:
    assert Settings().vividness is None
    assert [Settings(vividness=v).vividness for v in (0.0, 0.5, 1.0)] == [0.0, 0.5, 1.0]


def test_a_smoothing_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match=r"no smoothing 'soft'.*none, tv, crf"):
        Settings(smoothing="soft")  # type: ignore[arg-type]
    assert Settings().smoothing == "none"


def test_a_drag_of_the_vividness_is_one_step() -> None:
    document = _document()
    steps = [
        ChangeSettings.of(document, "vividness", merge_key="vividness 1", vividness=v) for v in (0.2, 0.6)
    ]
    merged = steps[0].merged_with(steps[1])
    assert isinstance(merged, ChangeSettings)
    merged.apply(document)
    assert document.settings.vividness == 0.6
    merged.revert(document)
    assert document.settings.vividness is None


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


def test_a_drag_through_colours_is_one_step() -> None:
    document = _document()
    stroke = Stroke(((0.0, 1.0),), 1.0, "colour", (1, 2, 3))
    ChangeStrokes.of(document, "Stroke", [stroke]).apply(document)
    first = ChangeStrokes.of(document, "Recolour", [replace(stroke, rgb=(2, 2, 3))], merge_key="colour")
    first.apply(document)
    last = replace(stroke, rgb=(9, 2, 3))
    second = ChangeStrokes.of(document, "Recolour", [last], merge_key="colour")
    second.apply(document)
    merged = first.merged_with(second)
    assert merged is not None
    merged.revert(document)
    assert document.strokes == (stroke,)
    merged.apply(document)
    assert document.strokes == (last,)
    assert merged.merged_with(ChangeStrokes.of(document, "Recolour", [], merge_key="other")) is None
    assert merged.merged_with(ChangeSettings.of(document, "Recolour", merge_key="colour")) is None


def test_a_photo_is_prepared_and_strokes_go_along() -> None:
    source = Photo(np.arange(48, dtype=np.uint8).reshape(6, 8), PhotoKind.GRAY)
    document = Document(source, strokes=[Stroke(((1.0, 6.0),), 1.0, "neutral")])
    assert document.photo is document.source is source
    assert document.state == DocumentState(strokes=document.strokes)
    preparation = Preparation(1, crop=Crop(2, 1, 5, 4))
    photo = prepare(source, preparation)
    step = ChangePreparation.of(document, "Turn and crop", preparation, photo)
    assert document.photo is source
    step.apply(document)
    assert (document.photo, document.source, document.preparation) == (photo, source, preparation)
    assert document.strokes == (Stroke(((4.0, 3.0),), 1.0, "neutral"),)
    assert document.photo.pixels[4, 3] == source.pixels[1, 6]
    assert document.luminance is photo.luminance
    assert document.revision == 1
    step.revert(document)
    assert document.photo is source
    assert document.state == DocumentState(strokes=(Stroke(((1.0, 6.0),), 1.0, "neutral"),))
    assert document.revision == 2


def test_a_photo_that_is_put_away_takes_no_more_room_than_its_pixels() -> None:
    document = _document()
    source = document.photo
    before = source.luminance.copy()
    preparation = Preparation(1)
    step = ChangePreparation.of(document, "Turn", preparation, prepare(source, preparation))
    step.apply(document)
    assert "luminance" not in vars(source)
    step.revert(document)
    np.testing.assert_array_equal(document.luminance, before)
    kept = document.luminance
    document.set_prepared(step.before)
    assert document.luminance is kept


def test_levels_leave_the_strokes_as_they_are() -> None:
    document = _document()
    ChangeStrokes.of(document, "Stroke", [Stroke(((0.0, 1.0),), 1.0, "neutral")]).apply(document)
    preparation = Preparation(levels=Levels(10, 90))
    step = ChangePreparation.of(document, "Levels", preparation, prepare(document.source, preparation))
    assert step.after.strokes is step.before.strokes


def test_a_drag_of_the_levels_is_one_step() -> None:
    document = _document()
    steps: list[ChangePreparation] = []
    for black in (5, 10):
        preparation = Preparation(levels=Levels(black))
        photo = prepare(document.source, preparation)
        steps.append(ChangePreparation.of(document, "Levels", preparation, photo, merge_key="levels"))
        steps[-1].apply(document)
    merged = steps[0].merged_with(steps[1])
    assert merged is not None
    merged.revert(document)
    assert document.photo is document.source
    merged.apply(document)
    assert document.preparation == Preparation(levels=Levels(10))
    assert steps[0].merged_with(ChangeSettings.of(document, "Levels", merge_key="levels")) is None


def test_a_document_may_start_with_strokes() -> None:
    stroke = Stroke(((0.0, 1.0),), 1.0, "neutral")
    assert Document(_document().photo, strokes=[stroke]).strokes == (stroke,)


def test_the_luminance_is_the_photos() -> None:
    document = _document()
    ChangeSettings.of(document, "Change", saturation=0).apply(document)
    assert document.luminance is document.photo.luminance
