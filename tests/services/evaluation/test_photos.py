from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorstudio.errors import PhotoReadError
from colorstudio.imaging.reading import read_photo
from colorstudio.services.evaluation.photos import photos_of, stretched


def test_photos_are_stretched_and_brought_to_8_bits(tmp_path: Path) -> None:
    Image.fromarray(np.full((30, 90, 3), (200, 100, 50), np.uint8)).save(tmp_path / "flat.png")
    small = stretched(read_photo(tmp_path / "flat.png"), 224)
    assert small.shape == (224, 224, 3)
    assert small.dtype == np.uint8
    assert np.all(small == [200, 100, 50])
    Image.fromarray(np.full((20, 20), 200 * 257, np.uint16)).save(tmp_path / "deep.png")
    assert np.all(stretched(read_photo(tmp_path / "deep.png"), 24) == 200)


def test_photos_of_a_folder(photos: list[Path], tmp_path: Path) -> None:
    assert photos_of(tmp_path) == photos
    assert photos_of(tmp_path, 2) == photos[:2]
    for absent in (tmp_path / "absent", photos[0]):
        with pytest.raises(PhotoReadError, match="There is no folder") as caught:
            photos_of(absent)
        assert str(absent) in str(caught.value)
    (tmp_path / "empty").mkdir()
    with pytest.raises(PhotoReadError, match="no photos of its own"):
        photos_of(tmp_path / "empty")
