"""The names of the palettes that come along, in the language of the window. Their colours keep theirs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from colorstudio.document.palette_library import KeptPalette


def shown_name(kept: KeptPalette) -> str:
    """A palette as the window calls it: what the user named keeps that name."""
    name = kept.palette.name
    if kept.shipped is None or name != kept.shipped.name:
        return name
    translate = QCoreApplication.translate
    return {
        "Skin": translate("ShippedPalettes", "Skin"),
        "Hair": translate("ShippedPalettes", "Hair"),
        "Eyes": translate("ShippedPalettes", "Eyes"),
        "Clothing": translate("ShippedPalettes", "Clothing"),
        "Uniforms": translate("ShippedPalettes", "Uniforms"),
        "Grass and leaves": translate("ShippedPalettes", "Grass and leaves"),
        "Sky and water": translate("ShippedPalettes", "Sky and water"),
        "Brick and stone": translate("ShippedPalettes", "Brick and stone"),
        "Wood and metal": translate("ShippedPalettes", "Wood and metal"),
    }.get(name, name)
