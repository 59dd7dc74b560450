"""`colorstudio train`: a network from a folder of photos."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from colorstudio.cli.options import add_device_option, number, positive
from colorstudio.cli.terminal import EXIT_CANCELLED, EXIT_DONE, bar, cancelled_by_signals, percent_token


def add_to(commands: Any) -> None:
    train = commands.add_parser("train", help="train a network on a folder of photos")
    train.add_argument("recipe", metavar="RECIPE", help="name of a shipped recipe, or a .toml file")
    train.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="photos, or zip or tar shards of them"
    )
    train.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="checkpoint, log, pictures, weights"
    )
    train.add_argument("--max-minutes", type=number(0.0, float("inf")), default=float("inf"), metavar="M")
    train.add_argument(
        "--resume", type=Path, metavar="DIR", help="go on where the run in this folder stopped"
    )
    add_device_option(train)
    train.add_argument("--limit", type=positive, metavar="N", help="use only the first N photos")
    train.add_argument("--encoder-weights", type=Path, metavar="FILE", help="ImageNet weights to start from")
    train.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    import torch

    from colorstudio.services.devices import resolve_device
    from colorstudio.training.pool import load_pool
    from colorstudio.training.pretrained import published_encoder_state
    from colorstudio.training.recipe_file import load_recipe, recipe_path
    from colorstudio.training.running import needs_encoder, run_recipe

    recipe = load_recipe(options.recipe)
    state = None
    if needs_encoder(recipe, resumed=options.resume is not None):
        state = published_encoder_state(options.encoder_weights)
    device = torch.device(resolve_device(options.device))
    with bar(100, "%") as advance:
        pool = load_pool(options.data, recipe.data, limit=options.limit, token=percent_token(advance))
    print(f"{len(pool)} photos, recipe {recipe.name}, seed {recipe.seed}, on {device}", flush=True)
    with bar(100, "%") as advance:
        token = percent_token(advance)
        with cancelled_by_signals(token):
            outcome = run_recipe(
                recipe,
                pool,
                options.out,
                device=device,
                recipe_text=recipe_path(options.recipe).read_text(encoding="utf-8"),
                command=_command(options),
                encoder_state=state,
                resume=options.resume,
                max_minutes=options.max_minutes,
                token=token,
                on_log=_print_validation,
            )
    how = "Done" if outcome.trainer.finished else f"Stopped at {outcome.done:.0%}"
    print(f"{how}: weights in {outcome.model.folder}")
    return EXIT_CANCELLED if outcome.cancelled else EXIT_DONE


def _command(options: argparse.Namespace) -> str:
    """What repeats the run, from its beginning to its end."""
    shipped = not Path(options.recipe).suffix
    recipe = options.recipe if shipped else "recipe.toml"
    limit = f" --limit {options.limit}" if options.limit else ""
    return f"colorstudio train {recipe} --data photos/ --out run/{limit}"


def _print_validation(line: dict[str, Any]) -> None:
    if line["kind"] == "validation":
        keys = ("photos", "minutes", "psnr_gray", "psnr", "psnr_ten_hints", "colourfulness")
        print("\n" + ", ".join(f"{key} {line[key]:g}" for key in keys if key in line), flush=True)
