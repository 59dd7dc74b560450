"""What is asked about palettes: names and files. The window goes on working meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from colorstudio.document.palette_file import SUFFIX

translate = QCoreApplication.translate


def ask_name(parent: QWidget, title: str, name: str, then: Callable[[str], object]) -> None:
    """Ask for a name, beginning with the one that there is."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(translate("PaletteDialogs", "&Name:"))
    dialog.setTextValue(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.textValueSelected.connect(then)
    dialog.open()


def ask_files_to_read(parent: QWidget, then: Callable[[list[Path]], object]) -> None:
    dialog = _file_dialog(parent, translate("PaletteDialogs", "Import palettes"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(partial(_files_chosen, then))
    dialog.open()


def ask_file_to_write(parent: QWidget, name: str, then: Callable[[Path], object]) -> None:
    """Ask for a file, proposing one that is called as the palette."""
    dialog = _file_dialog(parent, translate("PaletteDialogs", "Export palette"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
    dialog.selectFile("".join("-" if letter in '/\\:*?"<>|' else letter for letter in name))
    dialog.fileSelected.connect(partial(_file_chosen, then))
    dialog.open()


def _file_dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    palettes, every = translate("PaletteDialogs", "GIMP palettes"), translate("PaletteDialogs", "All files")
    dialog.setNameFilters([f"{palettes} (*{SUFFIX})", f"{every} (*)"])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _files_chosen(then: Callable[[list[Path]], object], names: list[str]) -> None:
    then([Path(name) for name in names])


def _file_chosen(then: Callable[[Path], object], name: str) -> None:
    then(Path(name))
