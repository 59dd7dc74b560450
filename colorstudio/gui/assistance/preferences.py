"""What the user prefers, on three pages; every change holds at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from colorstudio.gui.assistance.shortcut_editor import ShortcutEditor
from colorstudio.gui.language import language_title, languages
from colorstudio.gui.panels.adjustments import device_words
from colorstudio.gui.settings import WORKING_SIZES, WindowSettings
from colorstudio.gui.shortcuts import keys_in_use
from colorstudio.gui.theme import GRID, THEME_CHOICES, dim


class PreferencesDialog(QDialog):
    """Shows what is remembered, and remembers what is chosen; the signals say what changed.

    Parameters
    ----------
    devices
        What this machine has, besides the automatic choice.
    """

    theme_chosen = Signal(str)
    device_chosen = Signal(str)
    working_size_chosen = Signal(int)
    keys_changed = Signal(object)

    def __init__(
        self, settings: WindowSettings, devices: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preferences")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.windowTitle())
        self.tabs.addTab(self._general(), self.tr("General"))
        self.tabs.addTab(self._network(devices), self.tr("Network"))
        self.shortcuts = ShortcutEditor(keys_in_use(settings))
        self.shortcuts.keys_changed.connect(self.keys_changed)
        self.tabs.addTab(self.shortcuts, self.tr("Keyboard"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self.tabs)
        column.addWidget(buttons)
        self.resize(620, 480)

    def _general(self) -> QWidget:
        themes = {
            "system": self.tr("As the desktop"),
            "dark": self.tr("Dark"),
            "light": self.tr("Light"),
            "contrast": self.tr("High contrast"),
        }
        self.theme_box = QComboBox()
        for choice in THEME_CHOICES:
            self.theme_box.addItem(themes[choice], choice)
        self.theme_box.setCurrentIndex(self.theme_box.findData(self._settings.theme))
        self.theme_box.currentIndexChanged.connect(self._choose_theme)

        self.language_box = QComboBox()
        self.language_box.addItem(self.tr("As the desktop"), "")
        for code in languages():
            self.language_box.addItem(language_title(code), code)
        self.language_box.setCurrentIndex(max(self.language_box.findData(self._settings.language), 0))
        self.language_box.currentIndexChanged.connect(self._choose_language)
        self.language_note = QLabel(self.tr("Holds from the next start on."))
        dim(self.language_note)

        self.autosave_check = QCheckBox(
            self.tr("&Keep a journal of unsaved work, to restore it after a crash")
        )
        self.autosave_check.setChecked(self._settings.autosave)
        self.autosave_check.toggled.connect(self._choose_autosave)

        page, form = _page()
        form.addRow(self.tr("&Theme"), self.theme_box)
        form.addRow(self.tr("&Language"), self.language_box)
        form.addRow("", self.language_note)
        form.addRow("", self.autosave_check)
        return page

    def _network(self, devices: tuple[str, ...]) -> QWidget:
        self.device_box = QComboBox()
        self.device_box.addItem(self.tr("Automatic"), "auto")
        for device in devices:
            self.device_box.addItem(device_words(device), device)
        self.device_box.setCurrentIndex(max(self.device_box.findData(self._settings.device), 0))
        self.device_box.currentIndexChanged.connect(self._choose_device)

        self.size_box = QComboBox()
        self.size_box.addItem(self.tr("As the network was trained"), 0)
        for size in WORKING_SIZES:
            self.size_box.addItem(self.tr("{size} pixels").format(size=size), size)
        self.size_box.setCurrentIndex(max(self.size_box.findData(self._settings.working_size_px), 0))
        self.size_box.currentIndexChanged.connect(self._choose_size)
        note = QLabel(
            self.tr(
                "The network looks at a small copy of the photo; this is its short side. "
                "Larger sees finer things and takes longer, and is not always better."
            )
        )
        note.setWordWrap(True)
        dim(note)

        page, form = _page()
        form.addRow(self.tr("&Device"), self.device_box)
        form.addRow(self.tr("&Working size"), self.size_box)
        form.addRow("", note)
        return page

    def _choose_theme(self) -> None:
        self._settings.theme = self.theme_box.currentData()
        self.theme_chosen.emit(self._settings.theme)

    def _choose_language(self) -> None:
        self._settings.language = self.language_box.currentData()

    def _choose_autosave(self, wanted: bool) -> None:
        self._settings.autosave = wanted

    def _choose_device(self) -> None:
        self.device_chosen.emit(self.device_box.currentData())

    def _choose_size(self) -> None:
        self._settings.working_size_px = self.size_box.currentData()
        self.working_size_chosen.emit(self._settings.working_size_px)


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    form.setHorizontalSpacing(2 * GRID)
    form.setVerticalSpacing(GRID + 2)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return page, form
