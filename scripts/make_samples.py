#!/usr/bin/env python3
"""Make the bundled sample photos: free colour photos that scikit-image ships, turned black-and-white.

python scripts/make_samples.py     writes resources/samples/*.jpg (see the README.md there for the terms)
"""

from __future__ import annotations

import numpy as np
import skimage.data
from numpy.typing import NDArray
from PIL import Image

from colorstudio.imaging.colorspace import SRGB_TO_XYZ, linear_to_srgb, srgb_to_linear
from colorstudio.paths import sample_photos_dir

LONG_SIDE = 1000
JPEG_QUALITY = 92


def black_and_white(rgb8: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The gray picture ``(H, W)`` with the same luminance as the sRGB picture ``(H, W, 3)``."""
    relative_luminance = srgb_to_linear(rgb8 / 255.0) @ SRGB_TO_XYZ[1]
    return np.rint(linear_to_srgb(relative_luminance) * 255).clip(0, 255).astype(np.uint8)


def main() -> None:
    folder = sample_photos_dir()
    folder.mkdir(parents=True, exist_ok=True)
    sources = {
        "astronaut": skimage.data.astronaut(),
        "coffee": skimage.data.coffee(),
    }
    for name, rgb8 in sources.items():
        picture = Image.fromarray(black_and_white(rgb8))
        picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        path = folder / f"{name}.jpg"
        picture.save(path, quality=JPEG_QUALITY)
        print(f"{path}: {picture.width} x {picture.height}")


if __name__ == "__main__":
    main()
