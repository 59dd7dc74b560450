"""Where models and resources are: in the source tree, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    # A wheel carries the folder inside the package; an editable install has it beside the package.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def shipped_models_dir() -> Path:
    """The folder of the networks that come with Color Studio."""
    return _shipped("models")


def user_models_dir() -> Path:
    """The folder of the networks that the user added. May not exist yet."""
    import platformdirs  # training runs on machines that do not have it

    return Path(platformdirs.user_data_dir("colorstudio", appauthor=False)) / "models"


def resources_dir() -> Path:
    """The folder of icons, theme and sample photos."""
    return _shipped("resources")


def sample_photos_dir() -> Path:
    return resources_dir() / "samples"


def shipped_palettes_dir() -> Path:
    """The folder of the palettes that come with Color Studio."""
    return resources_dir() / "palettes"


def user_palettes_dir() -> Path:
    """The folder of the palettes that the user made or changed. May not exist yet."""
    import platformdirs

    return Path(platformdirs.user_data_dir("colorstudio", appauthor=False)) / "palettes"
