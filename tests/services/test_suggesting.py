"""Suggestions for a document: of the network that it names, given its strokes."""

from __future__ import annotations

import numpy as np
import pytest

from colorstudio.document.document import Document, Settings
from colorstudio.document.strokes import Stroke
from colorstudio.imaging.photo import Photo, PhotoKind
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.hints import Hints
from colorstudio.services.colorizing import ColorizingService


@pytest.mark.usefixtures("small_model")
def test_they_are_given_the_documents_strokes(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, cols = np.indices((64, 96))
    photo = Photo((60 + rows + cols).astype(np.uint8), PhotoKind.GRAY)
    service = ColorizingService()
    asked: list[bool] = []
    predict = Colorizer.predict

    def counted(self: Colorizer, prepared: object, *hints: Hints) -> object:
        asked.append(any(map(len, hints)))
        return predict(self, prepared, *hints)  # type: ignore[arg-type]

    monkeypatch.setattr(Colorizer, "predict", counted)
    first = service.suggest(Document(photo), 10, 10)  # before there is any answer
    assert asked == [False]
    assert first == service.suggest(Document(photo), 10, 10)
    assert service.suggest(Document(photo), -50, 1000)  # the nearest place inside
    painted = Document(photo, strokes=[Stroke(((10, 5), (10, 40)), 3, "colour", (200, 40, 30))])
    service.colorize(painted, device="cpu")
    hinted = service.suggest(painted, 10, 10)
    assert hinted != first
    assert asked == [False, True]  # the answer of the pass was at hand
    assert service.suggest(Document(photo), 10, 10) == first  # the stroke was undone
    assert service.suggest(painted, 10, 10) == hinted
    assert asked == [False, True]  # both are remembered
    service.suggest(Document(photo, Settings(model="tiny")), 10, 10)
    assert asked == [False, True, False]
