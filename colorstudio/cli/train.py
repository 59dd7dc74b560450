"""`colorstudio train`: a network from a folder of photos."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

from colorstudio.cli.options import add_device_option, number, positive
from colorstudio.cli.terminal import EXIT_CANCELLED, EXIT_DONE, bar, cancelled_by_signals, percent_token
from colorstudio.progress import Cancelled


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

    from colorstudio.networks.registry import ARCHITECTURES
    from colorstudio.services.devices import resolve_device
    from colorstudio.training.arithmetic import uses_bfloat16
    from colorstudio.training.pool import load_pool
    from colorstudio.training.pretrained import published_encoder_state
    from colorstudio.training.provenance import Session, describe_hardware, record_session, write_data_list
    from colorstudio.training.publishing import publish
    from colorstudio.training.recipe import load_recipe, recipe_path
    from colorstudio.training.teachers import teacher_class
    from colorstudio.training.trainer import Trainer

    recipe = load_recipe(options.recipe)
    starts_published = ARCHITECTURES[recipe.architecture].network_class().starts_published
    needs_encoder = teacher_class(recipe.architecture).needs_encoder(recipe) or (
        starts_published and not options.resume
    )
    state = published_encoder_state(options.encoder_weights) if needs_encoder else None
    device = torch.device(resolve_device(options.device))
    with bar(100, "%") as advance:
        pool = load_pool(options.data, recipe.data, limit=options.limit, token=percent_token(advance))
    print(f"{len(pool)} photos, recipe {recipe.name}, seed {recipe.seed}, on {device}", flush=True)
    trainer = Trainer(recipe, pool.to(device), options.out, device=device, encoder_state=state)
    if options.resume:
        trainer.resume(options.resume)
    write_data_list(options.out, pool, recipe.data)
    record_session(
        options.out,
        Session(
            photos=trainer.progress.photos,
            minutes=trainer.progress.minutes,
            hardware=describe_hardware(device),
            precision="bfloat16" if uses_bfloat16(recipe, device) else "float32",
            budget_minutes=None if math.isinf(options.max_minutes) else options.max_minutes,
        ),
        command=_command(options),
        recipe_text=recipe_path(options.recipe).read_text(encoding="utf-8"),
        resumed=options.resume,
    )
    status = EXIT_DONE
    with bar(100, "%") as advance:
        token = percent_token(advance)
        with cancelled_by_signals(token):
            try:
                trainer.run(max_minutes=options.max_minutes, token=token, on_log=_print_validation)
            except Cancelled:
                status = EXIT_CANCELLED
    model = publish(trainer.average.network, recipe.name, options.out / "model", run=options.out)
    done = trainer.progress.photos / recipe.photos
    print(f"{'Done' if trainer.finished else f'Stopped at {done:.0%}'}: weights in {model.folder}")
    return status


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
