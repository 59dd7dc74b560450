"""How the window looks: Fusion, a palette of neutral grays, and our own icons in the palette's colours.

Everything takes its colours from palette roles, so another theme is another `Theme`. No colour of
the chrome has a hue that would sway the eye that judges a photo; only messages carry a muted one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from colorstudio.gui.messages import Severity
from colorstudio.paths import resources_dir

# One grid for all distances, in device-independent pixels.
GRID = 8
PANEL_WIDTH = 272
ICON_SIZE = 20

_DEVICE_RATIOS = (1, 2, 3)


@dataclass(frozen=True)
class Theme:
    """The colours of the window, as hex triplets."""

    name: str
    window: str
    base: str
    raised: str
    hover: str
    line: str
    text: str
    text_dim: str
    text_disabled: str
    accent: str
    on_accent: str
    surround: str  # around the photo: neutral, and neither white nor black


DARK = Theme(
    name="dark",
    window="#2b2b2b",
    base="#1f1f1f",
    raised="#3b3b3b",
    hover="#484848",
    line="#1a1a1a",
    text="#dedede",
    text_dim="#b2b2b2",
    text_disabled="#6d6d6d",
    accent="#7d93a8",
    on_accent="#101214",
    surround="#434343",
)

SEVERITY_COLOURS = {
    Severity.INFO: "#9fb2c4",
    Severity.SUCCESS: "#93b894",
    Severity.WARNING: "#d0b06f",
    Severity.ERROR: "#dd8a7f",
}


def apply_theme(app: QApplication, theme: Theme = DARK) -> None:
    """Give the whole application its look."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette_of(theme))
    app.setStyleSheet(_style_sheet())
    hints = app.styleHints()
    if hasattr(hints, "setColorScheme"):  # title bars and native dialogs follow; Qt 6.8
        hints.setColorScheme(Qt.ColorScheme.Dark if theme.name == "dark" else Qt.ColorScheme.Light)


def _style_sheet() -> str:
    resources = resources_dir()
    sheet = (resources / "theme" / "window.qss").read_text(encoding="utf-8")
    return sheet.replace("@icons@", (resources / "icons").as_posix())


def palette_of(theme: Theme) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for target, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.base),
        (role.AlternateBase, theme.raised),
        (role.ToolTipBase, theme.base),
        (role.ToolTipText, theme.text),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.text_dim),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, "#ffffff"),
        (role.Light, QColor(theme.accent).lighter(115).name()),
        (role.Midlight, theme.hover),
        (role.Mid, theme.line),
        (role.Dark, theme.text_disabled),
        (role.Shadow, "#000000"),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, target, QColor(theme.text_disabled))
    palette.setColor(group.Disabled, role.Highlight, QColor(theme.raised))
    palette.setColor(group.Disabled, role.HighlightedText, QColor(theme.text_disabled))
    return palette


def set_surround(widget: QWidget, theme: Theme = DARK) -> None:
    """The gray that a photo is judged on, as the widget's window colour."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(theme.surround))
    widget.setPalette(palette)


def dim(widget: QWidget) -> None:
    """Secondary text: the placeholder's colour."""
    palette = widget.palette()
    colour = palette.color(QPalette.ColorRole.PlaceholderText)
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    widget.setPalette(palette)


def scaled_font(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """The same font larger or smaller."""
    scaled = QFont(font)
    scaled.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        scaled.setWeight(QFont.Weight.DemiBold)
    return scaled


# -- icons ---------------------------------------------------------------------------------------------


@cache
def icon(name: str, colour: str = DARK.text, size: int = ICON_SIZE) -> QIcon:
    """One of our icons in a colour, crisp at 100, 200 and 300 % scale, with its disabled look."""
    made = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, DARK.text_disabled)):
        for ratio in _DEVICE_RATIOS:
            made.addPixmap(pixmap(name, shade, size, ratio), mode)
    return made


@cache
def pixmap(name: str, colour: str, size: int, device_ratio: float) -> QPixmap:
    """An icon drawn at an exact size. `size` in device-independent pixels."""
    drawing = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    dots = round(size * device_ratio)
    made = QPixmap(QSize(dots, dots))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, dots, dots))
    painter.end()
    made.setDevicePixelRatio(device_ratio)
    return made


def application_icon() -> QIcon:
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("colorstudio", "#000000", size, 1))
    return made
