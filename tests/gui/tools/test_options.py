"""Tool options over the photo, method and reach in the page "Adjust"."""

from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QPoint, Qt

from colorstudio.document.document import Settings
from colorstudio.gui.panels.method import reach_at
from tests.gui.tools.conftest import Studio

LEFT = Qt.MouseButton.LeftButton


def settings(studio: Studio) -> Settings:
    assert studio.window.session.document is not None
    return studio.window.session.document.settings


def test_each_tool_has_its_options(studio: Studio) -> None:
    options = studio.window.tools.options
    seen = {}
    for name in ("tool_brush", "tool_eraser", "tool_select", "tool_hand"):
        studio.take(name)
        seen[name] = (options.swatch.isVisible(), options.slider.isVisible())
        assert options.hint.text()
    assert seen == {
        "tool_brush": (True, True),
        "tool_eraser": (False, True),
        "tool_select": (False, False),
        "tool_hand": (False, False),
    }
    studio.window.session.close_photo()
    assert not options.isVisible()
    assert not studio.window.tool_palette.isEnabled()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Qt.Key.Key_P, "tool_brush"),
        (Qt.Key.Key_E, "tool_eraser"),
        (Qt.Key.Key_V, "tool_select"),
        (Qt.Key.Key_I, "tool_eyedropper"),
        (Qt.Key.Key_H, "tool_hand"),
    ],
)
def test_keys_and_buttons_take_tools(studio: Studio, key: Qt.Key, name: str) -> None:
    other = "tool_hand" if name != "tool_hand" else "tool_brush"
    action = studio.window.actions_by_name[name]
    studio.take(other)
    former = studio.canvas.tool
    studio.key(key)
    taken = studio.canvas.tool
    assert action.isChecked()
    assert taken is not former
    studio.take(other)
    studio.qtbot.mouseClick(studio.window.tool_palette.widgetForAction(action), LEFT)
    assert studio.canvas.tool is taken


def test_the_radius_by_slider_and_number(studio: Studio) -> None:
    options, brush = studio.window.tools.options, studio.window.brush
    options.spin.setFocus()
    options.spin.selectAll()
    studio.qtbot.keyClicks(options.spin, "25")
    studio.qtbot.keyClick(options.spin, Qt.Key.Key_Return)
    assert brush.radius_px == 25.0
    at = options.slider.value()
    options.slider.setFocus()
    studio.qtbot.keyClick(options.slider, Qt.Key.Key_Right)
    assert options.slider.value() == at + 1
    assert 25.0 < brush.radius_px == options.spin.value()
    brush.radius_px = 0.5
    assert options.slider.value() == options.slider.minimum()
    brush.radius_px = 500.0
    assert options.slider.value() == options.slider.maximum()


def test_the_kind_by_its_buttons(studio: Studio) -> None:
    options, brush = studio.window.tools.options, studio.window.brush
    colour, neutral, keep = options.kind_buttons
    for button, kind in ((neutral, "neutral"), (keep, "keep"), (keep, "colour"), (colour, "colour")):
        studio.qtbot.mouseClick(button, LEFT)
        assert brush.kind == kind
        assert [other.isChecked() for other in options.kind_buttons] == [
            kind == "colour",
            kind == "neutral",
            kind == "keep",
        ]
    assert options.swatch.accessibleName() == "Paints with #c8281e"


def test_modes_are_steps_of_the_history(studio: Studio) -> None:
    method = studio.window.adjusting.method
    studio.window.panel.tabs.setCurrentIndex(0)
    for mode in ("scribbles", "network", "hybrid"):
        button = method.buttons[mode]  # type: ignore[index]
        studio.qtbot.mouseClick(button, LEFT, pos=QPoint(8, button.height() // 2))
        assert settings(studio).mode == mode
        assert studio.window.actions_by_name[f"mode_{mode}"].isChecked()
        assert method.sentence.text() == button.toolTip() != ""
        assert method.reach.isHidden() == (mode != "hybrid")
    stack = studio.window.session.undo_stack
    assert stack.count() == 3
    stack.undo()
    assert method.buttons["network"].isChecked()
    studio.take("mode_scribbles")
    assert settings(studio).mode == "scribbles"


def test_a_drag_of_the_reach_is_one_step(studio: Studio) -> None:
    slider = studio.window.adjusting.method.slider
    slider.setSliderDown(True)
    slider.sliderPressed.emit()
    for position in (70, 60, 40):
        slider.setValue(position)
    slider.setSliderDown(False)
    assert settings(studio).reach == reach_at(40)
    assert studio.window.session.undo_stack.count() == 1
    studio.window.session.undo_stack.undo()
    assert settings(studio).reach is None
    assert slider.value() == 74  # the usual one


def test_the_end_of_the_reach_is_everywhere(studio: Studio) -> None:
    method = studio.window.adjusting.method
    method.slider.setFocus()
    studio.qtbot.keyClick(method.slider, Qt.Key.Key_End)
    assert settings(studio).reach == math.inf
    assert method.value.text() == "everywhere"
    studio.qtbot.mouseDClick(method.slider, LEFT)
    assert settings(studio).reach is None
    assert method.value.text() == "30 % of the photo"


def test_reach_grows_by_the_same_factor() -> None:
    reaches = [reach_at(position) for position in range(101)]
    assert (reaches[0], reaches[100], reach_at(105)) == (0.01, 1.0, math.inf)
    factors = [later / earlier for earlier, later in itertools.pairwise(reaches)]
    assert min(factors) == pytest.approx(max(factors), rel=0.02)
