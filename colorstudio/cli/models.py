"""`colorstudio models`: the networks that are there."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colorstudio.cli.terminal import EXIT_DONE, bar, percent_token

if TYPE_CHECKING:
    from colorstudio.networks.descriptor import ModelDescriptor


def add_to(commands: Any) -> None:
    models = commands.add_parser("models", help="list, show, add and remove networks").add_subparsers(
        metavar="ACTION", required=True
    )
    models.add_parser("list", help="all networks, the default one first").set_defaults(run=_list)
    show = models.add_parser("show", help="one network")
    show.add_argument("name", nargs="?", default="", metavar="NAME")
    show.set_defaults(run=_show)
    add = models.add_parser("add", help="add a model from a folder or a zip")
    add.add_argument("source", type=Path, metavar="PATH")
    add.set_defaults(run=_add)
    fetch = models.add_parser("fetch", help="download the zip of a model and add it")
    fetch.add_argument("url", metavar="URL")
    fetch.set_defaults(run=_fetch)
    remove = models.add_parser("remove", help="delete a model that was added")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=_remove)


def _list(_: argparse.Namespace) -> int:
    from colorstudio.networks.registry import list_models

    models = list_models()
    longest = max((len(model.name) for model in models), default=0)
    for model in models:
        mark = "*" if model.default else " "
        size = f"{model.parameters / 1e6:.1f} M parameters"
        print(f"{mark} {model.name:{longest}} {size:18} {model.title}: {model.description}")
    return EXIT_DONE


def _show(options: argparse.Namespace) -> int:
    from colorstudio.networks.registry import find_model

    model = find_model(options.name)
    weights = model.weights_path
    size = f"{weights.stat().st_size / 1e6:.1f} MB" if weights.is_file() else "missing"
    for key, value in {
        "name": model.name,
        "title": model.title,
        "description": model.description,
        "licence": model.licence,
        "architecture": model.architecture,
        "parameters": f"{model.parameters:,}",
        "abilities": _abilities(model),
        "working size": f"{model.working_size_px} px",
        "weights": f"{weights} ({size})",
        "sha256": model.weights_sha256,
    }.items():
        print(f"{key:13} {value}")
    return EXIT_DONE


def _abilities(model: ModelDescriptor) -> str:
    able = {
        "takes hints": model.takes_hints,
        "suggests colours": model.has_distribution,
        "colours like another photo": model.follows_references,
    }
    return ", ".join(words for words, can in able.items() if can) or "colours by itself alone"


def _add(options: argparse.Namespace) -> int:
    from colorstudio.services.model_store import add_model

    print(f"Added {add_model(options.source).name}.")
    return EXIT_DONE


def _fetch(options: argparse.Namespace) -> int:
    from colorstudio.services.model_store import fetch_model

    with bar(100, "%") as advance:
        model = fetch_model(options.url, token=percent_token(advance))
    print(f"Added {model.name}.")
    return EXIT_DONE


def _remove(options: argparse.Namespace) -> int:
    from colorstudio.services.model_store import remove_model

    print(f"Removed {remove_model(options.name)}.")
    return EXIT_DONE
