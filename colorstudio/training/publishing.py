"""From a training run to a model that can be installed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from colorstudio.networks.architectures.hinted import HintedColorizer
from colorstudio.networks.descriptor import DESCRIPTION_FILE, ModelDescriptor, format_descriptor
from colorstudio.networks.loader import save_weights

WEIGHTS_FILE = "weights.safetensors"
_WORKING_SIZE_PX = 256


def publish(network: HintedColorizer, name: str, folder: Path) -> ModelDescriptor:
    """Write a network's weights in half precision, and the description that loads them.

    Parameters
    ----------
    name
        Of the model; its title is made from it and can be edited in the file.
    folder
        Made if missing. What it holds of an earlier run is replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sha256 = save_weights(network, folder / WEIGHTS_FILE)
    descriptor = ModelDescriptor(
        name=name,
        title=name.replace("-", " ").capitalize(),
        description="Encoder of EfficientNet-Lite2, decoder with hints.",
        architecture="hinted",
        working_size_px=_WORKING_SIZE_PX,
        parameters=sum(parameter.numel() for parameter in network.parameters()),
        weights_file=WEIGHTS_FILE,
        weights_sha256=sha256,
        folder=folder,
        config={
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(network.config).items()
        },
        normalisation=dict(network.normalisation),
    )
    (folder / DESCRIPTION_FILE).write_text(format_descriptor(descriptor), encoding="utf-8")
    return descriptor
