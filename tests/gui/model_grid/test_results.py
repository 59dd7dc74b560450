"""Tiles within a budget of memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from colorstudio.document.document import Document, Settings
from colorstudio.gui.backend import Machine
from colorstudio.gui.canvas.picture import Patch, build_picture, image_of
from colorstudio.gui.model_grid.results import Sharper, TileColours, TileKey, TileResults, key_of
from colorstudio.gui.results import Coloured
from colorstudio.imaging.photo import Photo, PhotoKind

PIXELS = np.full((8, 8, 3), 90, np.uint8)


@dataclass
class _Bytes:
    nbytes: int


@pytest.fixture
def keys() -> list[TileKey]:
    photo = Photo(np.full((8, 8), 100, np.uint8), PhotoKind.GRAY)
    return [key_of(Document(photo, Settings(model=str(number))), Machine()) for number in range(6)]


def tile(key: TileKey, nbytes: int = 100) -> TileColours:
    coloured = Coloured(key[0], cast(Any, _Bytes(nbytes)))
    return TileColours(key, build_picture(PIXELS, (8, 8)), coloured, "m", {})


def kept(results: TileResults, keys: list[TileKey]) -> list[str]:
    """What is left of each: the colours, the picture alone, or nothing."""
    found = [results.get(key) for key in keys]
    return ["" if one is None else "colours" if one.coloured is not None else "picture" for one in found]


def test_what_is_not_shown_goes_first(keys: list[TileKey]) -> None:
    results = TileResults(budget_bytes=350)
    for key in keys[:3]:
        results.put(tile(key), keys[:3])
    assert kept(results, keys) == ["colours"] * 3 + [""] * 3
    results.put(tile(keys[3]), keys[1:4])  # the first is not shown any more
    assert kept(results, keys) == ["", "colours", "colours", "colours", "", ""]


def test_what_is_shown_keeps_its_picture(keys: list[TileKey]) -> None:
    results = TileResults(budget_bytes=250)
    for key in keys[:4]:
        results.put(tile(key), keys[:4])
    assert kept(results, keys) == ["picture", "picture", "colours", "colours", "", ""]
    assert results.colour_bytes == 200
    results.put(tile(keys[4], 1000), keys[:5])  # the newest stays, whatever it takes
    assert kept(results, keys) == ["picture"] * 4 + ["colours", ""]


def test_colours_that_grow_are_given_up(keys: list[TileKey]) -> None:
    results = TileResults(budget_bytes=250)
    grown = tile(keys[0])
    for one in (grown, tile(keys[1])):
        results.put(one, keys[:2])
    assert grown.coloured is not None
    cast(Any, grown.coloured.photo).nbytes = 200
    results.trim()
    assert kept(results, keys)[:2] == ["picture", "colours"]


def test_pictures_become_sharper_and_soft_again(keys: list[TileKey]) -> None:
    results = TileResults()
    results.put(tile(keys[0]), keys)
    patches = [Patch(QRectF(0, 0, side, side), image_of(PIXELS)) for side in (4, 6)]
    for patch in patches:
        results.sharpen(Sharper(keys[0], patch))
    results.sharpen(Sharper(keys[1], patches[0]))  # not there any more
    found = results.get(keys[0])
    assert found is not None
    assert found.picture.patches == (patches[1],)
    results.soften()
    found = results.get(keys[0])
    assert found is not None
    assert found.picture.patches == ()


def test_errors_are_tried_again(keys: list[TileKey]) -> None:
    results = TileResults()
    assert results.is_pending(keys[0])
    results.fail(keys[0], "No such file.")
    assert not results.is_pending(keys[0])
    assert results.error(keys[0]) == "No such file."
    results.forget_errors()
    assert results.is_pending(keys[0])


def test_a_key_is_of_model_strokes_and_intensity() -> None:
    photo = Photo(np.full((8, 8), 100, np.uint8), PhotoKind.GRAY)
    plain = key_of(Document(photo, Settings(model="a")), Machine())
    assert plain == key_of(Document(photo, Settings(model="a", mode="network")), Machine())  # no strokes
    others = [Settings(model="b"), Settings(model="a", saturation=0.5), Settings(model="a", vividness=0.5)]
    assert all(key_of(Document(photo, one), Machine()) != plain for one in others)
