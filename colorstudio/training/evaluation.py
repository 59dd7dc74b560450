"""How good a model is on a folder of photos whose colours are known.

Protocol "auto": the photo is stretched to 256 x 256, reduced to its luminance
and coloured without hints; RGB uint8 PSNR and SSIM averaged over photos, and
the colourfulness of Hasler & Suesstrunk 2003 over the set.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage.metrics import structural_similarity

from colorstudio.errors import PhotoReadError
from colorstudio.imaging.colorspace import lab_to_srgb, luminance_of_srgb
from colorstudio.imaging.gamut import fit_to_gamut
from colorstudio.imaging.photo import Photo
from colorstudio.imaging.reading import READABLE_SUFFIXES, read_photo
from colorstudio.imaging.resample import GuidedUpsampler
from colorstudio.imaging.writing import to_depth
from colorstudio.networks.colorizer import Colorizer
from colorstudio.progress import ProgressToken

SIZE_PX = 256
PROTOCOLS = ("auto",)


@dataclass(frozen=True)
class PhotoFigures:
    """Figures of one photo. `psnr_gray` is that of no colour at all: how hard the photo is."""

    file: str
    psnr: float
    psnr_gray: float
    ssim: float
    colourfulness: float
    colourfulness_true: float


def photos_of(folder: Path, limit: int | None = None) -> list[Path]:
    """The photos right in a folder, by name.

    Raises
    ------
    PhotoReadError
        The folder is missing or has none.
    """
    if not folder.is_dir():
        raise PhotoReadError(f"There is no folder {folder}: give a folder of colour photos.")
    photos = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in READABLE_SUFFIXES]
    if not photos:
        raise PhotoReadError(f"The folder {folder} has no photos of its own: give a folder of colour photos.")
    return photos[:limit]


def evaluate_auto(
    colorizer: Colorizer,
    photos: Sequence[Path],
    *,
    saturation: float = 1.0,
    working_size_px: int | None = None,
    token: ProgressToken | None = None,
    on_photo: Callable[[PhotoFigures], None] | None = None,
) -> dict[str, Any]:
    """Evaluate a model by the protocol "auto".

    Parameters
    ----------
    on_photo
        Called with the figures of each photo as they come.

    Returns
    -------
    dict
        As `colorstudio evaluate --json` writes it: "protocol", "method", "model", "saturation",
        "photos" and "mean"; the mean has "dcf", the difference of the mean colourfulnesses, too.
    """
    token = token or ProgressToken()
    figures: list[PhotoFigures] = []
    for index, path in enumerate(photos):
        token.report(index / len(photos), path.name)
        truth = stretched(read_photo(path))
        luminance = luminance_of_srgb(truth / np.float32(255))
        chroma = predict_chroma(colorizer, luminance, working_size_px) * np.float32(saturation)
        coloured, gray = to_rgb8(luminance, chroma), to_rgb8(luminance, np.zeros_like(chroma))
        figures.append(
            PhotoFigures(
                file=path.name,
                psnr=psnr(coloured, truth),
                psnr_gray=psnr(gray, truth),
                ssim=_ssim(coloured, truth),
                colourfulness=colourfulness(coloured),
                colourfulness_true=colourfulness(truth),
            )
        )
        if on_photo is not None:
            on_photo(figures[-1])
    token.report(1.0, "Done")
    rows = [asdict(row) for row in figures]
    mean = {key: float(np.mean([row[key] for row in rows])) for key in rows[0] if key != "file"}
    mean["dcf"] = abs(mean["colourfulness"] - mean["colourfulness_true"])
    return {
        "protocol": "auto",
        "method": "network",
        "model": colorizer.name,
        "saturation": saturation,
        "photos": rows,
        "mean": mean,
    }


def predict_chroma(
    colorizer: Colorizer, luminance: NDArray[np.float32], working_size_px: int | None = None
) -> NDArray[np.float32]:
    """Chroma as the studio gives it, a*b* ``(H, W, 2)``, for L* ``(H, W)``."""
    prediction = colorizer.predict(colorizer.prepare(luminance, working_size_px))
    shape = (luminance.shape[0], luminance.shape[1])
    upsampler = GuidedUpsampler(prediction.chroma_lab, prediction.guide, shape)
    return upsampler.region(luminance, slice(None), slice(None))


def stretched(photo: Photo) -> NDArray[np.uint8]:
    """The photo as ``(256, 256, 3)`` uint8, its aspect given up."""
    picture = Image.fromarray(to_depth(photo.pixels, 8)).convert("RGB")
    return np.asarray(picture.resize((SIZE_PX, SIZE_PX), Image.Resampling.BICUBIC))


def to_rgb8(luminance: NDArray[np.float32], chroma_lab: NDArray[np.float32]) -> NDArray[np.uint8]:
    """L* and a*b* as sRGB bytes, chroma reduced to fit the gamut."""
    lab = np.concatenate([luminance[..., None], fit_to_gamut(luminance, chroma_lab)], axis=-1)
    return np.rint(lab_to_srgb(lab) * 255).astype(np.uint8)


def psnr(rgb8: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
    """Peak signal-to-noise ratio over all channels, in dB, at most 100."""
    error = float(np.mean((rgb8.astype(np.float64) - truth) ** 2))
    return 100.0 if error == 0 else min(100.0, 10 * math.log10(255**2 / error))


def _ssim(rgb8: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
    value: Any = structural_similarity(rgb8, truth, channel_axis=2, data_range=255)
    return float(value)


def colourfulness(rgb8: NDArray[np.uint8]) -> float:
    """Hasler & Suesstrunk 2003, on sRGB bytes."""
    red, green, blue = (rgb8[..., channel].astype(np.float64) for channel in range(3))
    rg, yb = red - green, (red + green) / 2 - blue
    return float(math.hypot(rg.std(), yb.std()) + 0.3 * math.hypot(rg.mean(), yb.mean()))
