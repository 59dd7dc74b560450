"""What the tests of the colour widgets share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[W], W]:
    """Put a widget on the screen, with the focus."""

    def show(widget: W) -> W:
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        widget.setFocus()
        return widget

    return show


@pytest.fixture
def told() -> Callable[[Any], list[tuple[Any, ...]]]:
    """What a signal says from now on, as a list of its arguments."""

    def listen(signal: Any) -> list[tuple[Any, ...]]:
        heard: list[tuple[Any, ...]] = []
        signal.connect(lambda *arguments: heard.append(arguments))
        return heard

    return listen
