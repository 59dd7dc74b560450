"""Export into a colour profile of the photo's own."""

from __future__ import annotations

from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image
from skimage import data

from colorstudio.document.compositor import composite
from colorstudio.document.document import Document, Settings
from colorstudio.imaging import icc
from colorstudio.imaging.luminance import luminance_of_pixels
from colorstudio.imaging.reading import read_photo
from colorstudio.imaging.writing import WriteOptions, depth_to_give
from colorstudio.services.colorizing import ColorizingService
from colorstudio.services.exporting import export_document

_ADOBE_RGB = bytes(imagecodecs.cms_profile("adobergb"))


def _photo(path: Path, profile: bytes | None = None) -> Path:
    gray = np.asarray(Image.fromarray(data.astronaut()[:160, :160]).convert("L"))
    Image.fromarray(np.dstack([gray] * 3)).save(path, icc_profile=profile)
    return path


@pytest.mark.parametrize(
    ("profile", "expected"), [(None, 8), (bytes(imagecodecs.cms_profile("srgb")), 8), (_ADOBE_RGB, 16)]
)
def test_pixels_that_are_converted_come_deep(tmp_path: Path, profile: bytes | None, expected: int) -> None:
    photo = read_photo(_photo(tmp_path / "photo.png", profile))
    assert depth_to_give(tmp_path / "colour.png", photo, WriteOptions()) == expected


def test_colours_are_rounded_once_on_their_way_into_a_wide_profile(tmp_path: Path, small_model: str) -> None:
    photo = read_photo(_photo(tmp_path / "photo.png", _ADOBE_RGB))
    document = Document(photo, Settings(model=small_model, saturation=2.0))
    colouring = ColorizingService().colorize(document, device="cpu", working_size_px=64)
    target = export_document(document, colouring, tmp_path / "colour.png")

    with Image.open(target) as picture:
        assert picture.info["icc_profile"] == _ADOBE_RGB
        once = np.asarray(picture)
    srgb8 = composite(document.luminance, colouring.chroma, saturation=2.0)
    twice = icc.from_srgb(srgb8, _ADOBE_RGB, 8)

    def error(pixels: np.ndarray) -> float:
        deep = icc.to_srgb(pixels.astype(np.uint16) * np.uint16(257), _ADOBE_RGB)
        return float(np.abs(luminance_of_pixels(deep) - document.luminance).mean())

    assert error(once) < 0.8 * error(twice)
