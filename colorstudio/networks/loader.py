"""Weights from disk into a network that is ready to run, and back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from colorstudio.errors import ModelError
from colorstudio.networks.descriptor import DESCRIPTION_FILE, ModelDescriptor
from colorstudio.networks.network import ColorNetwork
from colorstudio.networks.registry import ARCHITECTURES, build_network


def load_network(descriptor: ModelDescriptor, device: str | torch.device = "cpu") -> ColorNetwork:
    """Build the network of a model, for inference.

    Norms are folded into the convolutions before them; what may be halved is, where that is faster.

    Raises
    ------
    ModelError
        The weights are missing, are not what the description says, or do not fit it.
    """
    path = descriptor.weights_path
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The weights {path} cannot be read ({error.strerror}): install {descriptor.name} again."
        ) from error
    if hashlib.sha256(data).hexdigest() != descriptor.weights_sha256:
        raise ModelError(
            f"The weights {path} are damaged (their SHA-256 is not that of {descriptor.name}): "
            "install the model again."
        )
    if descriptor.architecture not in ARCHITECTURES:
        raise ModelError(
            f"The model {descriptor.name} needs the architecture {descriptor.architecture!r}, "
            "which this version of Color Studio does not have: update it."
        )
    try:
        network = build_network(descriptor.architecture, descriptor.config)
    except (ModelError, TypeError, ValueError, RuntimeError, ArithmeticError) as error:
        raise ModelError(
            f"The settings under [config] in {descriptor.folder / DESCRIPTION_FILE} are not right "
            f"({error}): install the model again."
        ) from error
    if descriptor.normalisation != network.normalisation:
        raise ModelError(
            f"The model {descriptor.name} was trained with another [normalisation] than this version of "
            "Color Studio has: install them again, both."
        )
    try:
        state = {
            key: value.float() if value.is_floating_point() else value
            for key, value in load_tensors(data).items()
        }
        network.load_state_dict(state)
    except (SafetensorError, RuntimeError, ValueError) as error:
        raise ModelError(
            f"The weights {path} do not fit the model {descriptor.name}: install it again."
        ) from error
    network.eval().requires_grad_(False)
    _fold_norms(network)
    if str(device) == "cpu" and _has_bfloat16():
        network.halve()
    return network.placed_on(device)


def save_weights(network: nn.Module, path: Path) -> str:
    """Write weights in half precision, statistics of norms in single; return their SHA-256."""
    norms = {
        name for name, module in network.named_modules() if isinstance(module, nn.BatchNorm2d | nn.LayerNorm)
    }
    state = {}
    for key, value in network.state_dict().items():
        keep = not value.is_floating_point() or key.rpartition(".")[0] in norms
        state[key] = (value if keep else value.half()).detach().cpu().contiguous()
    data = save_tensors(state)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _has_bfloat16() -> bool:
    """Whether the processor computes in bfloat16 by itself: it is slower where that has to be imitated."""
    supported = getattr(torch.cpu, "_is_avx512_bf16_supported", None)  # torch has no public name for it
    return supported is not None and supported()


def _fold_norms(network: nn.Module) -> None:
    for module in network.modules():
        if isinstance(module, nn.Sequential) and len(module) == 2:
            conv, norm = module[0], module[1]
            if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                module[0] = fuse_conv_bn_eval(conv, norm)
                module[1] = nn.Identity()
