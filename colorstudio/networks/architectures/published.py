"""Weights as others have published them, into networks of the same layout."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from colorstudio.errors import ModelError

_NAMED = 4  # entries that an error names


def take_over(network: nn.Module, state: Mapping[str, Tensor], release: str) -> None:
    """Take over a published state dict, all of it or nothing.

    Parameters
    ----------
    release
        What the weights should be, for the error.

    Raises
    ------
    ModelError
        Something is missing, is too much or has another shape.
    """
    own = network.state_dict()
    # Older releases do not count batches, which nothing depends on.
    needed = {key for key in own if not key.endswith("num_batches_tracked")}
    found = {key for key in state if not key.endswith("num_batches_tracked")}
    wrong = [f"{key} is missing" for key in own if key in needed - found]
    wrong += [f"{key} is unknown" for key in state if key in found - needed]
    wrong += [
        f"{key} is {_shape(state[key])} instead of {_shape(value)}"
        for key, value in own.items()
        if key in found and state[key].shape != value.shape
    ]
    if wrong:
        more = f", and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        raise ModelError(
            f"The weights are not those of {release}, or the network has another width: "
            f"{', '.join(wrong[:_NAMED])}{more}."
        )
    with torch.no_grad():
        network.load_state_dict({**own, **{key: value for key, value in state.items() if key in own}})


def _shape(tensor: Tensor) -> str:
    return " x ".join(str(side) for side in tensor.shape) or "a number"
