from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from colorstudio.imaging import colorspace
from colorstudio.networks.torchcolor import lab_to_srgb, srgb_to_lab


def _colours() -> np.ndarray:
    """All corners and near-black colours of the cube, and random ones, ``(1, K, 3)``."""
    rng = np.random.default_rng(0)
    corners = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1], indexing="ij"), -1).reshape(-1, 3)
    dark = rng.uniform(0, 0.06, (200, 3))
    return np.concatenate([corners, dark, rng.uniform(0, 1, (2000, 3))])[None].astype(np.float32)


def _planes(image: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.moveaxis(image, -1, 0).copy())


def test_lab_is_that_of_imaging() -> None:
    rgb = _colours()
    ours = np.moveaxis(srgb_to_lab(_planes(rgb)).numpy(), 0, -1)
    assert np.abs(ours - colorspace.srgb_to_lab(rgb)).max() < 1e-3


def test_srgb_is_that_of_imaging_clipped() -> None:
    rng = np.random.default_rng(1)
    lab = np.stack([rng.uniform(0, 100, (1, 2000)), *rng.uniform(-100, 100, (2, 1, 2000))], axis=-1).astype(
        np.float32
    )
    ours = np.moveaxis(lab_to_srgb(_planes(lab)).numpy(), 0, -1)
    theirs = np.clip(colorspace.lab_to_srgb(lab), 0, 1)
    assert np.abs(ours - theirs).max() < 1e-3


def test_round_trip() -> None:
    rgb = _planes(_colours())
    assert float((lab_to_srgb(srgb_to_lab(rgb)) - rgb).abs().max()) < 1e-3


@given(st.floats(0, 1, width=32))
def test_gray_has_no_chroma(value: float) -> None:
    lab = srgb_to_lab(torch.full((3, 1, 1), value))
    assert float(lab[1:].abs().max()) < 1e-2
    assert -1e-3 <= float(lab[0]) <= 100.001


def test_batches_are_converted_photo_by_photo() -> None:
    rgb = torch.rand(2, 3, 4, 5, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(srgb_to_lab(rgb)[1], srgb_to_lab(rgb[1]), atol=1e-4)


def test_gradient_is_finite_at_black_and_white() -> None:
    rgb = torch.tensor([0.0, 1.0]).expand(3, 1, 2).clone().requires_grad_()
    srgb_to_lab(rgb).sum().backward()
    assert rgb.grad is not None
    assert torch.isfinite(rgb.grad).all()
