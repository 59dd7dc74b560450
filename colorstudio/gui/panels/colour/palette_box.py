"""The palettes: which one, its colours, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.document.chosen_colour import ChosenColour, Rgb
from colorstudio.document.palette_file import SUFFIX
from colorstudio.document.palette_library import PaletteLibrary
from colorstudio.document.palettes import Palette, clean_name
from colorstudio.errors import PaletteError
from colorstudio.gui.desktop import files_in
from colorstudio.gui.language import shipped_words
from colorstudio.gui.messages import Message, Remedy, Severity
from colorstudio.gui.panels.colour.palette_dialogs import ask_file_to_write, ask_files_to_read, ask_name
from colorstudio.gui.panels.colour.swatches import SwatchGrid
from colorstudio.gui.panels.side_panel import scrolling
from colorstudio.gui.theme import set_icon

_ROWS = 2  # of colours that are seen without scrolling
_GAP = 4


class PaletteBox(QWidget):
    """Shows one palette of a library and changes the library; others write it to files.

    Signals
    -------
    colour_chosen
        sRGB of a colour of the palette.
    changed
        The library has something to save.
    palette_chosen
        The name of the palette that is shown now.
    told
        A `Message`.
    import_requested, export_requested
        Paths to read palettes from; a `Palette` and the path to write it to.
    """

    colour_chosen = Signal(object)
    changed = Signal()
    palette_chosen = Signal(str)
    told = Signal(object)
    import_requested = Signal(object)
    export_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library: PaletteLibrary | None = None
        self._rgb: Rgb = (128, 128, 128)
        self.combo = QComboBox()
        self.combo.setProperty("compact", True)
        self.combo.setAccessibleName(self.tr("Palette"))
        self.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # With the focus after a click, it would take letters that are shortcuts for a search.
        self.combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.combo.activated.connect(self._on_activated)
        self.add_button = self._button("plus", self.tr("Add the chosen colour to this palette"))
        self.add_button.clicked.connect(self._add_chosen)
        self.menu_button = self._button("more", self.tr("Palettes: new, rename, import, export"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.menu_button)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu_button.setMenu(self.menu)
        self.grid = SwatchGrid(self.tr("Colours of the palette"), can_move=True)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.moved.connect(self._on_moved)
        self.grid.removal_requested.connect(self._remove_colour)
        self.grid.menu_requested.connect(self._colour_menu)
        self.setAcceptDrops(True)

        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(self.combo, 1)
        head.addWidget(self.add_button)
        head.addWidget(self.menu_button)
        self.area = scrolling(self.grid)
        self.area.setFixedHeight(self.grid.rows_height(_ROWS))
        self.grid.went_to.connect(self._scroll_to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(head)
        column.addWidget(self.area)
        self.set_library(None)

    def _button(self, symbol: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("flat")
        set_icon(button, symbol, 16)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    # -- showing ------------------------------------------------------------------------------------------

    def set_library(self, library: PaletteLibrary | None, shown: str = "") -> None:
        """The palettes to choose from, None while they are read; `shown` is the name of the one to show."""
        self._library = library
        self.setEnabled(library is not None)
        if library is not None:
            self._fill_combo(library.names.index(shown) if shown in library.names else 0)

    def show_colour(self, colour: ChosenColour) -> None:
        """What would be added."""
        self._rgb = colour.rgb

    @property
    def index(self) -> int:
        return self.combo.currentIndex()

    @property
    def palette_shown(self) -> Palette | None:
        if self._library is None or not 0 <= self.index < len(self._library):
            return None
        return self._library[self.index].palette

    def _fill_combo(self, index: int) -> None:
        assert self._library is not None
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for number in range(len(self._library)):
                kept = self._library[number]
                name = kept.palette.name
                self.combo.addItem(name if kept.shipped is None else shipped_words(name), name)
            self.combo.setCurrentIndex(min(index, len(self._library) - 1))
        self._show_palette()

    def _show_palette(self) -> None:
        palette = self.palette_shown
        self.grid.set_colours(palette.colours if palette is not None else ())
        self.combo.setToolTip(shipped_words(palette.note) if palette is not None else "")
        self.add_button.setEnabled(palette is not None)

    def _on_activated(self, _index: int) -> None:
        self._show_palette()
        self.area.verticalScrollBar().setValue(0)
        self.palette_chosen.emit(self.combo.currentData())

    def _on_chosen(self, index: int) -> None:
        self.colour_chosen.emit(self.grid.colours[index].rgb)

    def _scroll_to(self, rect: QRect) -> None:
        self.area.ensureVisible(rect.center().x(), rect.center().y(), 0, rect.height() // 2 + 1)

    # -- changing the palette -----------------------------------------------------------------------------

    def _change(self, palette: Palette) -> None:
        """Put a changed palette in place of the one that is shown."""
        assert self._library is not None
        self._library.change(self.index, palette)
        self._fill_combo(self.index)
        self.changed.emit()
        self.palette_chosen.emit(palette.name)

    def _attempt(self, work: Callable[..., object], *arguments: object) -> None:
        """Do what may not be possible, and say so then."""
        try:
            work(*arguments)
        except PaletteError as error:
            self.told.emit(Message(str(error), Severity.WARNING, topic="palette"))

    def _add_chosen(self) -> None:
        self.add_colour(self._rgb)

    def add_colour(self, rgb: Rgb) -> None:
        """Put a colour at the end of the palette that is shown."""
        if self.palette_shown is not None:
            self._attempt(self._add, self.palette_shown, rgb)

    def _add(self, palette: Palette, rgb: Rgb) -> None:
        if any(colour.rgb == rgb for colour in palette.colours):
            words = self.tr("“{name}” has this colour already.").format(name=self.combo.currentText())
            self.told.emit(Message(words, topic="palette"))
            return
        self._change(palette.with_colour(rgb))
        bar = self.area.verticalScrollBar()
        self.grid.resize(self.grid.width(), self.grid.heightForWidth(self.grid.width()))
        bar.setValue(bar.maximum())

    def _on_moved(self, index: int, to: int) -> None:
        if self.palette_shown is not None:
            self._change(self.palette_shown.moved(index, to))

    def _remove_colour(self, index: int) -> None:
        palette = self.palette_shown
        if palette is None:
            return
        self._change(palette.without(index))
        words = self.tr("Removed {colour} from “{name}”.")
        words = words.format(
            colour=shipped_words(palette.colours[index].words), name=self.combo.currentText()
        )
        self._tell_undo(words, partial(self._put_back, palette))

    def _put_back(self, palette: Palette) -> None:
        if self._library is not None and palette.name in self._library.names:
            self.combo.setCurrentIndex(self._library.names.index(palette.name))
            self._change(palette)

    def _tell_undo(self, words: str, undo: Callable[[], object]) -> None:
        remedy = Remedy(self.tr("Undo"), partial(self._attempt, undo))
        self.told.emit(Message(words, remedies=(remedy,), topic="palette"))

    def _colour_menu(self, index: int, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Use this colour")).triggered.connect(partial(self._on_chosen, index))
        menu.addAction(self.tr("Re&name colour…")).triggered.connect(partial(self._ask_colour_name, index))
        menu.addAction(self.tr("&Remove colour")).triggered.connect(partial(self._remove_colour, index))
        menu.popup(at)

    def _ask_colour_name(self, index: int) -> None:
        palette = self.palette_shown
        if palette is not None:
            title, old = self.tr("Name of the colour"), shipped_words(palette.colours[index].name)
            self._ask(title, old, lambda name: self._change(palette.with_name_of(index, name)))

    def _ask(self, title: str, name: str, then: Callable[[str], object]) -> None:
        ask_name(self.window(), title, name, partial(self._attempt, then))

    # -- changing the library -----------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        self.menu.clear()
        kept = self._library[self.index] if self._library is not None and self.index >= 0 else None
        came_along = kept is not None and kept.shipped is not None
        remove = self.tr("&As it came along") if came_along else self.tr("&Remove palette")
        for words, method, possible in (
            (self.tr("&New palette…"), self._ask_new, True),
            (self.tr("Re&name palette…"), self._ask_name, kept is not None),
            (remove, self._remove_palette, kept is not None and kept.can_be_removed),
            ("", None, True),
            (self.tr("&Import palettes…"), self._ask_import, True),
            (self.tr("&Export palette…"), self._ask_export, kept is not None),
        ):
            if method is None:
                self.menu.addSeparator()
                continue
            action = self.menu.addAction(words)
            action.setEnabled(possible)
            action.triggered.connect(partial(_call, method))

    def add_palette(self, palette: Palette) -> None:
        """Take a palette in and show it.

        Raises
        ------
        PaletteError
            There are too many.
        """
        if self._library is None:
            return
        index = self._library.add(palette)
        self._fill_combo(index)
        self.changed.emit()
        self.palette_chosen.emit(self.combo.currentData())

    def _ask_new(self) -> None:
        self._ask(self.tr("New palette"), self.tr("My colours"), self._new)

    def _new(self, name: str) -> None:
        self.add_palette(Palette(clean_name(name)))

    def _ask_name(self) -> None:
        palette = self.palette_shown
        if palette is not None:
            title = self.tr("Name of the palette")
            self._ask(title, self.combo.currentText(), lambda name: self._change(palette.renamed(name)))

    def _remove_palette(self) -> None:
        palette = self.palette_shown
        if palette is None or self._library is None:
            return
        index, came_along = self.index, self._library[self.index].shipped is not None
        self._library.remove(index)
        self._fill_combo(index)
        self.changed.emit()
        self.palette_chosen.emit(self.combo.currentData())
        if came_along:
            words = self.tr("“{name}” is as it came along.").format(name=self.combo.currentText())
            self._tell_undo(words, partial(self._change_at, index, palette))
        else:
            words = self.tr("Removed the palette “{name}”.").format(name=palette.name)
            self._tell_undo(words, partial(self.add_palette, palette))

    def _change_at(self, index: int, palette: Palette) -> None:
        self.combo.setCurrentIndex(index)
        self._change(palette)

    # -- files --------------------------------------------------------------------------------------------

    def _ask_import(self) -> None:
        ask_files_to_read(self.window(), self.import_requested.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _palettes_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.import_requested.emit(_palettes_in(event.mimeData()))
        event.acceptProposedAction()

    def _ask_export(self) -> None:
        palette = self.palette_shown
        if palette is not None:
            ask_file_to_write(self.window(), palette.name, partial(self.export_requested.emit, palette))


def _palettes_in(data: QMimeData) -> list[Path]:
    return [path for path in files_in(data) if path.suffix.lower() == SUFFIX]


def _call(method: Callable[[], object], _checked: bool = False) -> None:
    """`triggered` carries a flag that the methods have no use for."""
    method()
