"""Batches for training: crops, flips and ageing, all on the device.

Everything random comes from one generator a step, seeded by the run's seed and
the number of the step, so that a resumed run goes on exactly where it was.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from colorstudio.networks.torchcolor import linear_to_lab, srgb_to_linear
from colorstudio.training.aging import age
from colorstudio.training.draws import uniform
from colorstudio.training.pool import PhotoPool
from colorstudio.training.recipe import AgingRecipe


@dataclass(frozen=True)
class Batch:
    """A batch on the device.

    Attributes
    ----------
    luminance
        What the network sees, L* ``(N, 1, S, S)``, aged in part.
    chroma_lab
        The truth, a*b* ``(N, 2, S, S)``: neutral where ageing laid a border over the photo.
    true_luminance
        L* before ageing, ``(N, 1, S, S)``.
    labels
        The photos' classes, ``(N,)`` int64: see `PhotoPool.labels`.
    """

    luminance: Tensor
    chroma_lab: Tensor
    true_luminance: Tensor
    labels: Tensor


def step_generator(seed: int, step: int, device: torch.device) -> torch.Generator:
    """The source of randomness of one step."""
    return torch.Generator(device).manual_seed(seed * 1_000_003 + step)


def crop(
    pool: PhotoPool,
    indices: Tensor,
    size_px: int,
    *,
    smallest: float,
    generator: torch.Generator | None,
    rotation_degrees: float = 0.0,
) -> Tensor:
    """Square crops of photos, resampled bilinearly to one size.

    Parameters
    ----------
    indices
        ``(N,)`` numbers of the photos.
    smallest
        The side of a crop is drawn from [smallest, 1] times the photo's short side.
    generator
        None takes the largest centred crop, unflipped and upright.
    rotation_degrees
        Crops are turned by up to so much, either way, and are the smaller for it: all of one is in the photo.

    Returns
    -------
    Tensor
        sRGB in [0, 1], ``(N, 3, size, size)`` float32.
    """
    n = len(indices)
    device = pool.pixels.device
    height, width = pool.heights[indices].float(), pool.widths[indices].float()
    short = torch.minimum(height, width)
    turn = torch.zeros_like(short)
    if generator is None:
        side, at_row, at_col = short, torch.full_like(short, 0.5), torch.full_like(short, 0.5)
        flipped = torch.zeros(n, dtype=torch.bool, device=device)
    else:
        side = short * uniform((n,), smallest, 1.0, generator)
        at_row, at_col = uniform((n,), 0, 1, generator), uniform((n,), 0, 1, generator)
        flipped = uniform((n,), 0, 1, generator) < 0.5
        if rotation_degrees:
            turn = torch.deg2rad(rotation_degrees * uniform((n,), -1, 1, generator))
    cosine, sine = turn.cos(), turn.sin()
    extent = cosine + sine.abs()  # of the upright square around a turned one, as a share of its side
    side = side / extent
    steps = (torch.arange(size_px, device=device) + 0.5) / size_px  # centres of the output's pixels
    columns_at = torch.where(flipped[:, None], steps.flip(0)[None], steps[None])  # (N, S)
    top, left = (height - side * extent) * at_row, (width - side * extent) * at_col
    margin = ((extent - 1) / 2)[:, None]
    rows = (top[:, None] + side[:, None] * (margin + steps[None]) - 0.5)[:, :, None]  # (N, S, 1)
    columns = (left[:, None] + side[:, None] * (margin + columns_at) - 0.5)[:, None, :]  # (N, 1, S)
    if rotation_degrees:
        middle_row, middle_column = ((edge + side * extent / 2 - 0.5)[:, None, None] for edge in (top, left))
        down, right = rows - middle_row, columns - middle_column
        cosine, sine = cosine[:, None, None], sine[:, None, None]
        rows = middle_row + down * cosine - right * sine  # (N, S, S)
        columns = middle_column + down * sine + right * cosine  # (N, S, S)
    last_row, last_column = (height - 1)[:, None, None], (width - 1)[:, None, None]
    rows = torch.minimum(rows.clamp_min(0), last_row)
    columns = torch.minimum(columns.clamp_min(0), last_column)
    row0, column0 = rows.floor(), columns.floor()
    row1 = torch.minimum(row0 + 1, last_row).long()
    column1 = torch.minimum(column0 + 1, last_column).long()
    row_part, column_part = (rows - row0)[..., None], (columns - column0)[..., None]
    row0, column0 = row0.long(), column0.long()
    start, stride = pool.offsets[indices][:, None, None], pool.widths[indices][:, None, None]

    def at(row: Tensor, column: Tensor) -> Tensor:
        return pool.pixels[start + row * stride + column].float()  # (N, S, S, 3)

    upper = torch.lerp(at(row0, column0), at(row0, column1), column_part)
    lower = torch.lerp(at(row1, column0), at(row1, column1), column_part)
    return (torch.lerp(upper, lower, row_part) / 255).permute(0, 3, 1, 2).contiguous()


def make_batch(
    pool: PhotoPool,
    indices: Tensor,
    size_px: int,
    *,
    smallest_crop: float = 1.0,
    rotation_degrees: float = 0.0,
    aging: AgingRecipe | None = None,
    generator: torch.Generator | None = None,
) -> Batch:
    """Photos as the network and its losses want them. Without a generator: centred and unaged."""
    rgb = crop(
        pool,
        indices,
        size_px,
        smallest=smallest_crop,
        generator=generator,
        rotation_degrees=rotation_degrees,
    )
    linear_rgb = srgb_to_linear(rgb)
    lab = linear_to_lab(linear_rgb)
    luminance, chroma, labels = lab[:, :1], lab[:, 1:], pool.labels[indices]
    if aging is None or generator is None:
        return Batch(luminance, chroma, luminance, labels)
    seen, shown_chroma = age(linear_rgb, lab, aging, generator)
    return Batch(seen, shown_chroma, luminance, labels)
