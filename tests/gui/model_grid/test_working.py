"""What is told of the time that models take."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from colorstudio.document.document import Document, Settings
from colorstudio.gui.backend import Machine
from colorstudio.gui.canvas.picture import build_picture
from colorstudio.gui.model_grid.results import TileColours, key_of
from colorstudio.gui.model_grid.working import TileWorker
from colorstudio.gui.session import DocumentSession
from colorstudio.imaging.photo import Photo, PhotoKind


@pytest.fixture
def session(qapp: object, backend: Any) -> Iterator[DocumentSession]:
    made = DocumentSession(backend)
    yield made
    made.shutdown()


def tile(model: str, **seconds: float) -> TileColours:
    photo = Photo(np.full((8, 8), 100, np.uint8), PhotoKind.GRAY)
    key = key_of(Document(photo, Settings(model=model)), Machine())
    return TileColours(key, build_picture(np.full((8, 8, 3), 90, np.uint8), (8, 8)), None, model, seconds)


def test_the_time_is_that_of_the_network(session: DocumentSession) -> None:
    worker = TileWorker(session)
    again = tile("m", load=1.0, luminance=0.5, prepare=0.01, predict=0.2, guide=0.1, propagation=3.0)
    assert worker.seconds(again) == pytest.approx(0.31)
    # The photo was looked at before, when the canvas had it coloured.
    session.coloured.emit(SimpleNamespace(model="m", seconds={"prepare": 0.5, "predict": 0.1}))
    session.coloured.emit(None)
    assert worker.seconds(again) == pytest.approx(0.8)
    assert worker.seconds(tile("other", prepare=0.01, predict=0.2)) == pytest.approx(0.21)
    assert worker.seconds(tile("", propagation=3.0)) == pytest.approx(3.0)
    worker.clear()
    assert worker.seconds(again) == pytest.approx(0.31)
