"""Synthetic photos whose colours can be told from their luminance: quick to learn."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.training.pool import PhotoPool, labels_of


def _coloured(number: int, rows: int = 72, cols: int = 80) -> np.ndarray:
    """Bright is orange, dark is blue, in soft blobs that differ by `number`."""
    phase = np.random.default_rng(number).uniform(0, 6, 2)
    y, x = np.mgrid[0:rows, 0:cols]
    tone = 0.5 + 0.45 * np.sin(x / 11 + phase[0]) * np.cos(y / 9 + phase[1])
    colour = np.stack([tone, 0.6 * tone + 0.1, 0.7 - 0.5 * tone], -1)
    return np.rint(np.clip(colour, 0, 1) * 255).astype(np.uint8)


def _encoded(number: int, rows: int = 72, cols: int = 80, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.fromarray(_coloured(number, rows, cols)).save(stream, kind)
    return stream.getvalue()


def _pool(*photos: np.ndarray) -> PhotoPool:
    heights = torch.tensor([photo.shape[0] for photo in photos])
    widths = torch.tensor([photo.shape[1] for photo in photos])
    areas = heights * widths
    pixels = torch.from_numpy(np.concatenate([photo.reshape(-1, 3) for photo in photos]))
    names = tuple(f"{number}.png" for number in range(len(photos)))
    return PhotoPool(
        pixels, areas.cumsum(0) - areas, heights, widths, names, *labels_of(names), "fingerprint"
    )


@pytest.fixture(scope="session")
def encoded() -> Callable[..., bytes]:
    """Makes the bytes of a photo file: ``(number, rows, cols, kind)``."""
    return _encoded


@pytest.fixture(scope="session")
def pool_of() -> Callable[..., PhotoPool]:
    """Makes a pool of arrays."""
    return _pool


@pytest.fixture(scope="session")
def learnable() -> PhotoPool:
    """24 photos."""
    return _pool(*[_coloured(number) for number in range(24)])


@pytest.fixture(scope="session")
def photos_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The 24 photos in a folder."""
    folder = tmp_path_factory.mktemp("photos")
    for number in range(24):
        (folder / f"{number:02}.png").write_bytes(_encoded(number))
    return folder
