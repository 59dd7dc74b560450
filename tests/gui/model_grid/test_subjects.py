"""What is asked for each tile, and what choosing it sets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from colorstudio.document.document import Document, Mode, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.document.variation import Variation
from colorstudio.gui.backend import ModelChoice
from colorstudio.gui.model_grid.subjects import PHOTO, STROKES, Subject, subjects_for
from colorstudio.imaging.photo import Photo, PhotoKind

OURS = ModelChoice("studio", "Studio")
CLASSIC = ModelChoice("zhang-2016", "Zhang 2016", year=2016, takes_hints=False)
MODELS = (OURS, CLASSIC)
STROKE = Stroke(((2.0, 2.0),), 1.0, "colour", (200, 40, 40))


@pytest.fixture
def document() -> Document:
    photo = Photo(np.full((8, 8), 100, np.uint8), PhotoKind.GRAY)
    return Document(photo, Settings(vividness=0.7), (STROKE,))


def of(model: ModelChoice) -> Subject:
    return next(subject for subject in subjects_for(MODELS, strokes=True) if subject.model == model)


def test_all_that_there_is_to_compare() -> None:
    ids = ["photo", "strokes", "model studio", "model zhang-2016"]
    assert [subject.id for subject in subjects_for(MODELS, strokes=True)] == ids
    assert [subject.id for subject in subjects_for(MODELS, strokes=False)] == [ids[0], *ids[2:]]


def test_strokes_go_to_models_that_take_hints(document: Document) -> None:
    for model, wanted, strokes in (
        (OURS, True, (STROKE,)),
        (OURS, False, ()),
        (CLASSIC, True, ()),
    ):
        asked = of(model).asked(document, with_strokes=wanted)
        assert asked is not None
        assert asked.strokes == strokes
        assert asked.settings == replace(document.settings, model="" if model is OURS else "zhang-2016")
    alone = STROKES.asked(document, with_strokes=False)  # without strokes it would be nothing
    assert alone is not None
    assert (alone.settings.mode, alone.strokes) == ("scribbles", (STROKE,))
    assert PHOTO.asked(document, with_strokes=True) is None


@pytest.mark.parametrize(
    ("mode", "chosen"), [("hybrid", "hybrid"), ("network", "network"), ("scribbles", "hybrid")]
)
def test_choosing_a_model_brings_it_in(document: Document, mode: Mode, chosen: str) -> None:
    document = Document(document.photo, replace(document.settings, mode=mode), document.strokes)
    assert of(CLASSIC).choice(document) == {"model": "zhang-2016", "mode": chosen, "variation": None}
    assert STROKES.choice(document) == {"mode": "scribbles"}


def test_a_variation_stays_with_its_model(document: Document) -> None:
    nowhere = np.zeros((0, 2), np.float32)
    settings = replace(document.settings, variation=Variation(1, 7, nowhere, nowhere))
    varied = Document(document.photo, settings, document.strokes)
    asked = [of(model).asked(varied, with_strokes=True) for model in MODELS]
    assert [one.settings.variation for one in asked if one is not None] == [settings.variation, None]
    assert of(CLASSIC).choice(varied)["variation"] is None


@pytest.mark.parametrize(
    ("settings", "present"),
    [
        (Settings(), "model studio"),
        (Settings(model="studio"), "model studio"),
        (Settings(model="gone"), "model studio"),
        (Settings(model="zhang-2016"), "model zhang-2016"),
        (Settings(model="zhang-2016", mode="scribbles"), "strokes"),
    ],
)
def test_one_is_the_present_one(document: Document, settings: Settings, present: str) -> None:
    document = Document(document.photo, settings, document.strokes)
    subjects = subjects_for(MODELS, strokes=True)
    assert [one.id for one in subjects if one.is_present(document, MODELS)] == [present]
