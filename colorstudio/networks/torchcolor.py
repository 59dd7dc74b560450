"""Colour conversion on tensors, for the networks and their training.

The same formulas as `imaging.colorspace`, from the same constants, channels
first: ``(..., C, H, W)``.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.imaging import colorspace as cs


def _matrix(values: object, like: Tensor) -> Tensor:
    return torch.as_tensor(values, dtype=like.dtype, device=like.device)


def _mix(matrix: Tensor, planes: Tensor) -> Tensor:
    return torch.einsum("ij,...jhw->...ihw", matrix, planes)


def srgb_to_linear(rgb: Tensor) -> Tensor:
    """sRGB in [0, 1] to linear RGB; any shape, floating point."""
    curved = ((rgb + cs.SRGB_OFFSET) / (1 + cs.SRGB_OFFSET)) ** cs.SRGB_GAMMA
    return torch.where(rgb > cs.SRGB_THRESHOLD, curved, rgb / cs.SRGB_SLOPE)


def _lab_curve(light: Tensor) -> Tensor:
    root = light.clamp_min(1e-8) ** (1 / 3)
    return torch.where(light > cs.LAB_EPSILON, root, cs.LAB_SLOPE * light + cs.LAB_OFFSET)


def lightness(light: Tensor) -> Tensor:
    """L* of amounts of light; white is 1."""
    return 116 * _lab_curve(light) - 16


def linear_to_lab(linear: Tensor) -> Tensor:
    """Linear RGB to Lab; ``(..., 3, H, W)`` floating point."""
    xyz = _mix(_matrix(cs.SRGB_TO_XYZ / cs.D65_WHITE[:, None], linear), linear)
    x, y, z = _lab_curve(xyz).unbind(-3)
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], dim=-3)


def srgb_to_lab(rgb: Tensor) -> Tensor:
    """sRGB in [0, 1] to Lab; ``(..., 3, H, W)`` floating point."""
    return linear_to_lab(srgb_to_linear(rgb))


def lab_to_srgb(lab: Tensor) -> Tensor:
    """Lab to sRGB clipped to [0, 1]; ``(..., 3, H, W)`` floating point."""
    lightness, a, b = lab.unbind(-3)
    y = (lightness + 16) / 116
    f = torch.stack([y + a / 500, y, y - b / 200], dim=-3)
    xyz = torch.where(f > cs.LAB_INVERSE_THRESHOLD, f**3, (f - cs.LAB_OFFSET) / cs.LAB_SLOPE)
    linear = _mix(_matrix(cs.XYZ_TO_SRGB * cs.D65_WHITE[None, :], lab), xyz)
    curved = (1 + cs.SRGB_OFFSET) * linear.clamp_min(1e-8) ** (1 / cs.SRGB_GAMMA) - cs.SRGB_OFFSET
    return torch.where(linear > cs.SRGB_LINEAR_THRESHOLD, curved, linear * cs.SRGB_SLOPE).clamp(0, 1)


def compose(luminance: Tensor, chroma_lab: Tensor) -> Tensor:
    """L* ``(N, 1, H, W)`` and a*b* ``(N, 2, h, w)``, enlarged bilinearly, as sRGB ``(N, 3, H, W)``."""
    size = luminance.shape[-2:]
    full = F.interpolate(chroma_lab.float(), size=size, mode="bilinear", align_corners=False)
    return lab_to_srgb(torch.cat([luminance, full], dim=1))
