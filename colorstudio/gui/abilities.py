"""What the network at hand cannot do: the panels say it, and offer it no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colorstudio.gui.backend import Catalogue, ModelChoice

if TYPE_CHECKING:
    from colorstudio.gui.main_window import MainWindow


class AbilitiesController(QObject):
    """Tells the panels, whenever another network is chosen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._models: tuple[ModelChoice, ...] = ()
        self._session.catalogued.connect(self._on_catalogued)
        for signal in (self._session.opened, self._session.closed, self._session.edited):
            signal.connect(self._show)

    def _on_catalogued(self, catalogue: Catalogue) -> None:
        self._models = catalogue.models
        self._show()

    def _show(self, _what: object = None) -> None:
        model = self._model()
        self._window.adjustments.show_ability(model is None or model.has_distribution)
        self._window.adjusting.method.show_ability(model is None or model.takes_hints)
        self._window.colours.panel.suggestions.set_able(model is None or model.has_distribution)
        self._window.referring.set_able(model is None or model.follows_references)
        self._window.variations.set_able(model is None or model.has_variations)

    def _model(self) -> ModelChoice | None:
        """That of the document; None where there is none, or nobody knows it yet."""
        document = self._session.document
        if document is None or document.settings.mode == "scribbles":
            return None
        name = document.settings.model
        chosen = (model for model in self._models if model.name == name)
        return next(chosen, self._models[0] if self._models else None)
