"""How the window looks: Fusion, a palette of neutral grays, and our own icons in the palette's colours.

Everything takes its colours from palette roles, so another theme is another `Theme`. No colour of
the chrome has a hue that would sway the eye that judges a photo; only messages carry a muted one.

A theme can change while windows are open: what Qt does not recolour by itself (icons, the gray around a
photo) is remembered on the objects, and `apply_theme` goes over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QStyleFactory, QWidget

from colorstudio.paths import resources_dir

# One grid for all distances, in device-independent pixels.
GRID = 8
PANEL_WIDTH = 304
ICON_SIZE = 20

_DEVICE_RATIOS = (1, 2, 3)

ThemeChoice = Literal["system", "dark", "light", "contrast"]
THEME_CHOICES: tuple[ThemeChoice, ...] = get_args(ThemeChoice)


@dataclass(frozen=True)
class Theme:
    """The colours of the window, as hex triplets."""

    name: str
    is_dark: bool
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
    info: str
    success: str
    warning: str
    error: str


DARK = Theme(
    name="dark",
    is_dark=True,
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
    info="#9fb2c4",
    success="#93b894",
    warning="#d0b06f",
    error="#e4988e",
)

LIGHT = Theme(
    name="light",
    is_dark=False,
    window="#e9e9e9",
    base="#fbfbfb",
    raised="#f6f6f6",
    hover="#d6d6d6",
    line="#bdbdbd",
    text="#1d1d1d",
    text_dim="#545454",
    text_disabled="#9c9c9c",
    accent="#3f5f7f",
    on_accent="#ffffff",
    surround="#8c8c8c",
    info="#3f5f7f",
    success="#3c6e3e",
    warning="#7d5a00",
    error="#a3372a",
)

CONTRAST = Theme(
    name="contrast",
    is_dark=True,
    window="#000000",
    base="#000000",
    raised="#1c1c1c",
    hover="#3d3d3d",
    line="#ffffff",
    text="#ffffff",
    text_dim="#f0f0f0",
    text_disabled="#a0a0a0",
    accent="#ffd400",
    on_accent="#000000",
    surround="#404040",
    info="#8ecbff",
    success="#8dff8d",
    warning="#ffd400",
    error="#ff9a8d",
)

_THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST)}
_WORN = "themeName"  # a property of the application


def current_theme() -> Theme:
    """The theme that the application wears."""
    app = QCoreApplication.instance()
    name = app.property(_WORN) if app is not None else None
    return _THEMES[name] if name else DARK


def chosen_theme(app: QApplication, choice: ThemeChoice) -> Theme:
    """The theme for a choice of the user's; "system" follows the desktop, its high contrast first."""
    if choice != "system":
        return _THEMES[choice]
    hints = app.styleHints()
    # Qt 6.10 tells what the desktop says about contrast.
    if hasattr(hints, "accessibility"):
        preference = hints.accessibility().contrastPreference()
        if preference == Qt.ContrastPreference.HighContrast:
            return CONTRAST
    return LIGHT if hints.colorScheme() == Qt.ColorScheme.Light else DARK


def apply_theme(app: QApplication, theme: Theme = DARK) -> None:
    """Give the whole application its look, windows that are open included."""
    app.setProperty(_WORN, theme.name)
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette_of(theme))
    app.setStyleSheet(_style_sheet(theme))
    hints = app.styleHints()
    if hasattr(hints, "setColorScheme"):  # title bars and native dialogs follow; Qt 6.8
        hints.setColorScheme(Qt.ColorScheme.Dark if theme.is_dark else Qt.ColorScheme.Light)
    for widget in app.allWidgets():
        _wear(widget)
        for action in widget.actions():
            _wear(action)


def _style_sheet(theme: Theme) -> str:
    resources = resources_dir()
    sheet = (resources / "theme" / "window.qss").read_text(encoding="utf-8")
    sheet = sheet.replace("@icons@", (resources / "icons").as_posix())
    bright = QColor(theme.on_accent).lightnessF() > 0.5
    sheet = sheet.replace("@on_accent@", "light" if bright else "dark")
    return sheet.replace("@dim@", theme.text_dim).replace("@disabled@", theme.text_disabled)


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


def set_surround(widget: QWidget) -> None:
    """The gray that a photo is judged on, as the widget's window colour."""
    widget.setProperty(_SURROUND, True)
    _wear(widget)


def lie_on_panel(view: QAbstractItemView) -> None:
    """A list that lies on the panel, not in a box of its own."""
    view.setProperty("onPanel", True)  # as the style sheet has it


def dim(widget: QWidget) -> None:
    """Secondary text: the placeholder's colour."""
    widget.setProperty("dim", True)  # as the style sheet has it


def scaled_font(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """The same font larger or smaller."""
    scaled = QFont(font)
    scaled.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        scaled.setWeight(QFont.Weight.DemiBold)
    return scaled


# -- icons ---------------------------------------------------------------------------------------------

_SURROUND, _ICON, _ICON_SIZE, _ICON_ROLE = "surround", "iconName", "iconSizePx", "iconRole"

IconRole = Literal["text", "text_dim", "info", "success", "warning", "error"]  # fields of `Theme`


def set_icon(
    target: QAction | QAbstractButton | QLabel, name: str, size: int = ICON_SIZE, role: IconRole = "text"
) -> None:
    """Give an action, a button or a label one of our icons, which follows the theme from then on."""
    target.setProperty(_ICON, name)
    target.setProperty(_ICON_SIZE, size)
    target.setProperty(_ICON_ROLE, role)
    _wear(target)


def _wear(thing: QObject) -> None:
    """What an object was promised, in the colours of the current theme."""
    if isinstance(thing, QWidget) and thing.property(_SURROUND):
        palette = QPalette(thing.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(current_theme().surround))
        thing.setPalette(palette)
    name = thing.property(_ICON)
    if not name:
        return
    colour, size = str(getattr(current_theme(), thing.property(_ICON_ROLE))), int(thing.property(_ICON_SIZE))
    if isinstance(thing, QLabel):
        thing.setPixmap(pixmap(name, colour, size, thing.devicePixelRatioF()))
    elif isinstance(thing, QAction | QAbstractButton):
        thing.setIcon(icon(name, colour, size))


def icon(name: str, colour: str = "", size: int = ICON_SIZE) -> QIcon:
    """One of our icons in a colour, or in the theme's as it is now: `set_icon` follows the theme."""
    theme = current_theme()
    return _icon(name, colour or theme.text, theme.text_disabled, size)


@cache
def _icon(name: str, colour: str, disabled: str, size: int) -> QIcon:
    """Crisp at 100, 200 and 300 % scale, with its disabled look."""
    made = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
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
