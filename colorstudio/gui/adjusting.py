"""The page "Adjust": method, reach, vividness, intensity, smoothing and network as settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup

from colorstudio.document.document import MODES
from colorstudio.gui.panels.method import Method

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow

_INTENSITY_STEP = 0.1


class AdjustingController(QObject):
    """Makes each change of a setting a step of the history, and shows the settings there are."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._adjustments = window.adjustments
        self.method = Method()
        window.panel.add_adjustment(self.method, first=True)
        actions = window.actions_by_name
        self._of_photo = [actions[name] for name in ("reset", "more", "less")]
        self._modes = {mode: actions[f"mode_{mode}"] for mode in MODES}
        group = QActionGroup(self)
        for mode, action in self._modes.items():
            group.addAction(action)
            action.triggered.connect(partial(self._choose_mode, mode))
        for action, method in zip(
            self._of_photo,
            (
                self._adjustments.intensity.reset,
                partial(self._step_intensity, _INTENSITY_STEP),
                partial(self._step_intensity, -_INTENSITY_STEP),
            ),
            strict=True,
        ):
            action.triggered.connect(partial(_call, method))
        self.method.mode_chosen.connect(self._choose_mode)
        self.method.reach_changed.connect(self._change_reach)
        self._adjustments.vividness_changed.connect(self._change_vividness)
        self._adjustments.intensity_changed.connect(self._change_intensity)
        self._adjustments.smoothing_chosen.connect(self._choose_smoothing)
        self._adjustments.model_chosen.connect(self._choose_model)
        for signal in (self._session.opened, self._session.closed, self._session.edited):
            signal.connect(self._show)
        self._session.catalogued.connect(self._show)
        self._show()

    def _choose_mode(self, mode: str, _checked: bool = False) -> None:
        self._session.change_settings(self.tr("method"), mode=mode)

    def _change_reach(self, reach: float | None, merge_key: str) -> None:
        self._session.change_settings(self.tr("reach"), merge_key=merge_key, reach=reach)

    def _change_vividness(self, vividness: float | None, merge_key: str) -> None:
        self._session.change_settings(self.tr("vividness"), merge_key=merge_key, vividness=vividness)

    def _change_intensity(self, saturation: float, merge_key: str) -> None:
        self._session.change_settings(self.tr("colour intensity"), merge_key=merge_key, saturation=saturation)

    def _choose_smoothing(self, smoothing: str) -> None:
        self._session.change_settings(self.tr("smoothing"), smoothing=smoothing)

    def _step_intensity(self, step: float) -> None:
        slider = self._adjustments.intensity.slider
        if slider.isEnabled():
            slider.setValue(slider.value() + round(step * 100))

    def _choose_model(self, name: str) -> None:
        self._session.choose_model(self.tr("choice of model"), name)

    def _show(self, _what: object = None) -> None:
        document = self._session.document
        for action in (*self._of_photo, *self._modes.values()):
            action.setEnabled(document is not None)
        has_network = document is not None and document.settings.mode != "scribbles"
        self._adjustments.set_usable(photo=document is not None, network=has_network)
        self.method.set_usable(document is not None)
        for mode, action in self._modes.items():
            action.setChecked(document is not None and document.settings.mode == mode)
        if document is not None:
            self._adjustments.show_settings(document.settings)
            self.method.show_settings(document.settings)


def _call(method: object, _checked: bool = False) -> None:
    method()  # type: ignore[operator]
