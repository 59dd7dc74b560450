"""What the window remembers from one start to the next."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from colorstudio.document.chosen_colour import Rgb, hex_of, rgb_of_hex
from colorstudio.gui.canvas.comparison import Comparison
from colorstudio.gui.canvas.display import Display
from colorstudio.gui.theme import THEME_CHOICES, ThemeChoice

MAX_RECENT = 10
USUAL_BRUSH_SIZE = 0.008
WORKING_SIZES = (192, 256, 384, 512)


class WindowSettings(QObject):
    """Typed access to a `QSettings`, which tests inject with a file of their own."""

    recent_changed = Signal()

    def __init__(self, store: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store if store is not None else QSettings("colorstudio", "colorstudio")

    # -- recent photos ------------------------------------------------------------------------------------

    @property
    def recent(self) -> list[Path]:
        """Photos opened lately, the newest first. They may be gone by now."""
        stored = self._store.value("recent", [])
        # An ini file gives a list of one back as a string.
        items = stored if isinstance(stored, list) else [stored]
        return [Path(item) for item in items if isinstance(item, str) and item]

    def add_recent(self, path: Path) -> None:
        path = path.absolute()
        self._set_recent([path, *(other for other in self.recent if other != path)][:MAX_RECENT])

    def forget_recent(self, path: Path) -> None:
        self._set_recent([other for other in self.recent if other != path.absolute()])

    def clear_recent(self) -> None:
        self._set_recent([])

    def _set_recent(self, paths: list[Path]) -> None:
        self._store.setValue("recent", [str(path) for path in paths])
        self.recent_changed.emit()

    # -- folders, device, export --------------------------------------------------------------------------

    @property
    def open_folder(self) -> str:
        return self._text("folders/open")

    @open_folder.setter
    def open_folder(self, folder: str) -> None:
        self._store.setValue("folders/open", folder)

    @property
    def device(self) -> str:
        """The device asked for: `auto`, or a name such as `cpu` or `cuda`."""
        return self._text("device", "auto") or "auto"

    @device.setter
    def device(self, device: str) -> None:
        self._store.setValue("device", device)

    @property
    def export_format(self) -> str:
        """Pillow's name of the format of the last export; empty before the first."""
        return self._text("export/format")

    @export_format.setter
    def export_format(self, name: str) -> None:
        self._store.setValue("export/format", name)

    @property
    def export_quality(self) -> int:
        try:
            return min(max(int(self._text("export/quality", "95")), 1), 100)
        except ValueError:
            return 95

    @export_quality.setter
    def export_quality(self, quality: int) -> None:
        self._store.setValue("export/quality", str(quality))

    @property
    def keep_metadata(self) -> bool:
        return self._text("export/keep_metadata", "true") != "false"

    @keep_metadata.setter
    def keep_metadata(self, keep: bool) -> None:
        self._store.setValue("export/keep_metadata", "true" if keep else "false")

    @property
    def theme(self) -> ThemeChoice:
        choice = self._text("theme", "system")
        return choice if choice in THEME_CHOICES else "system"

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", choice)

    @property
    def language(self) -> str:
        """A language's code such as "de"; empty for the desktop's."""
        return self._text("language")

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    @property
    def shortcuts(self) -> dict[str, tuple[str, ...]]:
        """The user's own shortcuts by the action's name, in Qt's portable notation."""
        try:
            stored = json.loads(self._text("shortcuts", "{}"))
        except ValueError:
            return {}
        if not isinstance(stored, dict):
            return {}
        return {
            str(name): tuple(key for key in keys if isinstance(key, str))
            for name, keys in stored.items()
            if isinstance(keys, list)
        }

    @shortcuts.setter
    def shortcuts(self, keys: dict[str, tuple[str, ...]]) -> None:
        self._store.setValue("shortcuts", json.dumps(keys))

    @property
    def autosave(self) -> bool:
        """Whether unsaved work is kept in a journal."""
        return self._text("autosave", "true") != "false"

    @autosave.setter
    def autosave(self, wanted: bool) -> None:
        self._store.setValue("autosave", "true" if wanted else "false")

    @property
    def working_size_px(self) -> int:
        """Short side of what the network sees; 0 for what it was trained on."""
        stored = self._text("working_size")
        return int(stored) if stored in {str(size) for size in WORKING_SIZES} else 0

    @working_size_px.setter
    def working_size_px(self, size: int) -> None:
        self._store.setValue("working_size", str(size))

    @property
    def tour_seen(self) -> bool:
        return self._text("tour_seen", "false") == "true"

    @tour_seen.setter
    def tour_seen(self, seen: bool) -> None:
        self._store.setValue("tour_seen", "true" if seen else "false")

    # -- colours ------------------------------------------------------------------------------------------

    @property
    def recent_colours(self) -> list[Rgb]:
        """Colours used lately, the newest first."""
        codes = (rgb_of_hex(code) for code in self._text("colours/recent").split())
        return [rgb for rgb in codes if rgb is not None]

    @recent_colours.setter
    def recent_colours(self, colours: list[Rgb]) -> None:
        self._store.setValue("colours/recent", " ".join(hex_of(rgb) for rgb in colours))

    @property
    def palette(self) -> str:
        """The name of the palette that was shown last; empty before the first."""
        return self._text("colours/palette")

    @palette.setter
    def palette(self, name: str) -> None:
        self._store.setValue("colours/palette", name)

    # -- comparing ----------------------------------------------------------------------------------------

    @property
    def comparison(self) -> Comparison:
        """How before and after are compared."""
        try:
            return Comparison(self._text("compare/way"))
        except ValueError:
            return Comparison.COLOUR

    @comparison.setter
    def comparison(self, comparison: Comparison) -> None:
        self._store.setValue("compare/way", comparison.value)

    @property
    def split_position(self) -> float:
        """Of the line between before and after, as a part of the view's width."""
        try:
            return min(max(float(self._text("compare/split", "0.5")), 0.0), 1.0)
        except ValueError:
            return 0.5

    @split_position.setter
    def split_position(self, position: float) -> None:
        self._store.setValue("compare/split", str(position))

    # -- tools --------------------------------------------------------------------------------------------

    @property
    def tool(self) -> str:
        """The action of the canvas tool that was in the hand last; empty before the first."""
        return self._text("tools/tool")

    @tool.setter
    def tool(self, name: str) -> None:
        self._store.setValue("tools/tool", name)

    @property
    def brush_size(self) -> float:
        """Radius of the brush as a part of the photo's longer side."""
        try:
            return min(max(float(self._text("tools/brush_size", str(USUAL_BRUSH_SIZE))), 1e-5), 1.0)
        except ValueError:
            return USUAL_BRUSH_SIZE

    @brush_size.setter
    def brush_size(self, size: float) -> None:
        self._store.setValue("tools/brush_size", str(size))

    @property
    def stroke_display(self) -> Display:
        """How much of the strokes is seen over the photo."""
        stored = self._text("tools/stroke_display")
        return Display(stored) if stored in {display.value for display in Display} else Display.SHOWN

    @stroke_display.setter
    def stroke_display(self, display: Display) -> None:
        self._store.setValue("tools/stroke_display", display.value)

    # -- many photos --------------------------------------------------------------------------------------

    @property
    def batch_format(self) -> str:
        """A key of `WRITABLE_FORMATS` for exporting all; empty for each photo's own."""
        return self._text("batch/format")

    @batch_format.setter
    def batch_format(self, name: str) -> None:
        self._store.setValue("batch/format", name)

    @property
    def batch_ending(self) -> str:
        """What is put behind the names of photos when all are exported."""
        return self._text("batch/ending", "-colour")

    @batch_ending.setter
    def batch_ending(self, ending: str) -> None:
        self._store.setValue("batch/ending", ending)

    @property
    def not_compared(self) -> frozenset[str]:
        """What the comparison of models leaves out, by the ids of its subjects."""
        return frozenset(filter(None, self._text("compare_models/left_out", "").split("\n")))

    @not_compared.setter
    def not_compared(self, ids: frozenset[str]) -> None:
        self._store.setValue("compare_models/left_out", "\n".join(sorted(ids)))

    @property
    def filmstrip_shown(self) -> bool:
        return self._text("filmstrip/shown", "true") != "false"

    @filmstrip_shown.setter
    def filmstrip_shown(self, shown: bool) -> None:
        self._store.setValue("filmstrip/shown", "true" if shown else "false")

    @property
    def filmstrip_height(self) -> int:
        """Of its photos, in device-independent pixels; 0 for the usual one."""
        stored = self._text("filmstrip/height", "0")
        return int(stored) if stored.isdecimal() else 0

    @filmstrip_height.setter
    def filmstrip_height(self, height: int) -> None:
        self._store.setValue("filmstrip/height", str(height))

    # -- the window itself --------------------------------------------------------------------------------

    @property
    def geometry(self) -> QByteArray:
        value = self._store.value("window/geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    def sync(self) -> None:
        self._store.sync()

    def _text(self, key: str, default: str = "") -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default
