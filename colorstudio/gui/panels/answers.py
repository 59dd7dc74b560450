"""The two buttons at the foot of a dialog."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from colorstudio.gui.theme import GRID


class Answers(QHBoxLayout):
    """Cancel, and what the dialog is for; Enter presses the latter."""

    def __init__(self, dialog: QDialog, words: str) -> None:
        super().__init__()
        self.cancel_button = QPushButton(QCoreApplication.translate("Answers", "Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(dialog.reject)
        self.accept_button = QPushButton(words)
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(dialog.accept)
        self.setSpacing(GRID)
        self.addStretch()
        self.addWidget(self.cancel_button)
        self.addWidget(self.accept_button)
