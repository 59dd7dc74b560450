"""From a training run to a model that can be installed."""

from __future__ import annotations

import re
import shutil
from dataclasses import asdict
from pathlib import Path

from colorstudio.errors import ModelError
from colorstudio.networks.descriptor import (
    DESCRIPTION_FILE,
    ModelDescriptor,
    format_descriptor,
    read_descriptor,
)
from colorstudio.networks.loader import save_weights
from colorstudio.networks.network import ColorNetwork
from colorstudio.networks.registry import architecture_of
from colorstudio.training.card.writing import write_card
from colorstudio.training.provenance import DATA_LIST, LOG, RECIPE_COPY, RUN_RECORD

WEIGHTS_FILE = "weights.safetensors"
_DESCRIPTION = "A network of your own. Its card says what it learnt from."
_OF_THE_RUN = (RECIPE_COPY, RUN_RECORD, DATA_LIST, LOG)


def publish(
    network: ColorNetwork, name: str, folder: Path, *, run: Path | None = None, working_size_px: int = 256
) -> ModelDescriptor:
    """Write a network's weights in half precision, the description that loads them, and the model card.

    Parameters
    ----------
    name
        Of the model; its title is made from it, and its year where it ends in one (zhang-2016). Both can be
        edited in the file.
    folder
        Made if missing. What it holds of an earlier run is replaced, but for what is chosen by hand: the
        title, the description, the terms, the vividness and the year in `model.toml`, and the card's
        own text.
    run
        The folder of the training run, whose recipe, data list and log go with the model.
    working_size_px
        See `Recipe`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sha256 = save_weights(network, folder / WEIGHTS_FILE)
    before = _edited(name, folder)
    descriptor = ModelDescriptor(
        name=name,
        title=before.title if before else name.replace("-", " ").capitalize(),
        description=before.description if before else _DESCRIPTION,
        licence=before.licence if before else "",
        default=before.default if before else False,
        vividness=before.vividness if before else 0.0,
        year=before.year if before else _year_in(name),
        architecture=architecture_of(network),
        working_size_px=working_size_px,
        parameters=sum(parameter.numel() for parameter in network.parameters()),
        weights_file=WEIGHTS_FILE,
        weights_sha256=sha256,
        folder=folder,
        config={
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(network.config).items()
        },
        normalisation=dict(network.normalisation),
        takes_hints=network.takes_hints,
        has_distribution=network.has_distribution,
        follows_references=network.takes_hints and (network.tells_places_apart or network.takes_global_hints),
        draws_colours=network.has_variations,
    )
    (folder / DESCRIPTION_FILE).write_text(format_descriptor(descriptor), encoding="utf-8")
    for file in _OF_THE_RUN:
        if run is not None and (run / file).exists():
            shutil.copyfile(run / file, folder / file)
    write_card(folder)
    return descriptor


def _year_in(name: str) -> int:
    """The year that a name ends in; 0 where there is none."""
    found = re.search(r"-((?:19|20)\d\d)$", name)
    return int(found[1]) if found else 0


def _edited(name: str, folder: Path) -> ModelDescriptor | None:
    """What is said of the model so far, if it is there and whole."""
    try:
        before = read_descriptor(folder)
    except ModelError:
        return None
    return before if before.name == name else None
