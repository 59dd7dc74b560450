"""What the chosen network cannot do is said in the panels, and not offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from colorstudio.gui.backend import ModelChoice
from colorstudio.gui.main_window import MainWindow
from tests.gui.conftest import FakeBackend


@pytest.fixture
def backend() -> FakeBackend:
    plain = ModelChoice("plain", "Plain", takes_hints=False, has_distribution=False, follows_references=False)
    return FakeBackend(models=(*FakeBackend().models, plain))


@pytest.fixture
def opened(
    window: MainWindow, open_photo: Callable[[Path], None], make_photo: Callable[..., Path]
) -> MainWindow:
    open_photo(make_photo())
    return window


def _choose(window: MainWindow) -> QAction:
    return window.actions_by_name["colour_like"]


def test_a_network_that_can_do_all_says_nothing(opened: MainWindow) -> None:
    assert opened.adjustments.vividness.isEnabled()
    assert opened.adjustments.not_vivid.isHidden()
    assert _choose(opened).isEnabled()
    assert opened.colours.panel.suggestions.accessibleDescription() == "None yet"


def test_what_a_network_cannot_do_is_said_and_not_offered(opened: MainWindow) -> None:
    opened.session.choose_model("model", "plain")
    adjustments, referring = opened.adjustments, opened.referring.section
    assert not adjustments.vividness.isEnabled()
    assert not adjustments.not_vivid.isHidden()
    assert adjustments.intensity.isEnabled()
    assert not _choose(opened).isEnabled()
    assert not referring.choose_button.isEnabled()
    assert "no other photo for an example" in referring.words.text()
    opened.colours.panel.show_suggestions(())
    assert opened.colours.panel.suggestions.accessibleDescription() == "This network suggests no colours"


def test_another_network_can_again(opened: MainWindow) -> None:
    opened.session.choose_model("model", "plain")
    opened.session.choose_model("model", "cool")
    assert opened.adjustments.vividness.isEnabled()
    assert opened.adjustments.not_vivid.isHidden()
    assert _choose(opened).isEnabled()
    assert opened.referring.section.choose_button.isEnabled()


def test_strokes_that_change_nothing_are_said(opened: MainWindow) -> None:
    sentence = opened.adjusting.method.sentence
    opened.session.choose_model("model", "plain")
    assert "spread along its edges" in sentence.text()
    opened.session.change_settings("method", mode="network")
    assert sentence.text() == "This network takes no hints: strokes change nothing in this method."
    opened.session.choose_model("model", "warm")
    assert "as hints" in sentence.text()


def test_strokes_alone_need_no_network(opened: MainWindow) -> None:
    opened.session.choose_model("model", "plain")
    opened.session.change_settings("method", mode="scribbles")
    assert opened.adjustments.not_vivid.isHidden()
    assert not opened.adjustments.vividness.isEnabled()
    assert "without the network" in opened.referring.section.words.text()
