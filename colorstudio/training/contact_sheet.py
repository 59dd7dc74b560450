"""A picture of coloured held-out photos, to look at while a network learns."""

from __future__ import annotations

from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from colorstudio.networks.network import ColorNetwork
from colorstudio.networks.torchcolor import compose, srgb_to_lab

_ACROSS = 4  # photos in a row of the sheet, each as gray, coloured and true


@torch.no_grad()
def write_contact_sheet(path: Path, network: ColorNetwork, rgb: Tensor) -> None:
    """Write photos as gray, coloured by the network, and true, side by side.

    Parameters
    ----------
    rgb
        sRGB in [0, 1], ``(N, 3, S, S)``.
    """
    lab = srgb_to_lab(rgb)
    luminance = lab[:, :1]
    none = torch.zeros_like(rgb)
    chroma = network(luminance, none).chroma_lab
    gray = compose(luminance, torch.zeros_like(chroma))
    coloured = compose(luminance, chroma)
    tiles = torch.cat([gray, coloured, rgb], dim=3)  # (N, 3, S, 3 * S)
    rows = [torch.cat(list(tiles[i : i + _ACROSS]), dim=2) for i in range(0, len(tiles), _ACROSS)]
    width = max(row.shape[2] for row in rows)
    rows = [torch.nn.functional.pad(row, (0, width - row.shape[2])) for row in rows]
    sheet = (torch.cat(rows, dim=1) * 255).round().byte().permute(1, 2, 0).cpu().numpy()
    Image.fromarray(sheet).save(path, quality=88)
