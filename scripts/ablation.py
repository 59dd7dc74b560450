"""Compare choices of a recipe by short runs of equal budget, and write the table of `ablation.json`.

    python scripts/ablation.py --data photos/ --out runs/ --photos 20000 --json models/NAME/ablation.json

Each variant of `ablation.toml` is the base recipe with some settings changed, trained on the same photos from
the same seed, and measured on the same photos held out. What is in the JSON file already is not run again.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
import tomllib
from pathlib import Path
from typing import Any

import torch

from colorstudio.services.devices import resolve_device
from colorstudio.training.pool import PhotoPool, load_pool
from colorstudio.training.pretrained import published_encoder_state
from colorstudio.training.recipe import Recipe
from colorstudio.training.recipe_file import load_recipe
from colorstudio.training.trainer import Trainer

_VARIANTS = Path(__file__).with_name("ablation.toml")
_COLUMNS = ("psnr", "psnr_vivid", "colourfulness_vivid", "psnr_ten_hints", "error_at_hint", "change_outside")


def changed(recipe: Recipe, settings: dict[str, Any]) -> Recipe:
    """The recipe with settings like ``loss.hinted`` changed; ``stages.X`` changes all stages."""
    for path, value in settings.items():
        part, _, name = path.rpartition(".")
        if part == "stages":
            stages = tuple(dataclasses.replace(stage, **{name: value}) for stage in recipe.stages)
            recipe = dataclasses.replace(recipe, stages=stages)
        elif part:
            values = dataclasses.replace(getattr(recipe, part), **{name: value})
            recipe = dataclasses.replace(recipe, **{part: values})
        else:
            recipe = dataclasses.replace(recipe, **{name: value})
    return recipe


def shortened(recipe: Recipe, photos: int) -> Recipe:
    """The recipe with its stages cut to so many photos together; validated once, at the end."""
    share = photos / recipe.photos
    stages = tuple(dataclasses.replace(stage, photos=round(stage.photos * share)) for stage in recipe.stages)
    return dataclasses.replace(recipe, stages=stages, validate_every_photos=photos + 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="a folder for each run is made in it")
    parser.add_argument("--json", type=Path, required=True, help="where the table is kept")
    parser.add_argument("--photos", type=int, default=20_000, help="shown in each run")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--encoder-weights", type=Path)
    parser.add_argument("--only", nargs="*", help="names of variants")
    options = parser.parse_args()

    device = torch.device(resolve_device(options.device))
    plan = tomllib.loads(_VARIANTS.read_text(encoding="utf-8"))
    base = shortened(load_recipe(plan["base"]), options.photos)
    state = published_encoder_state(options.encoder_weights)
    pool = load_pool(options.data, base.data).to(device)
    rows: list[dict[str, Any]] = json.loads(options.json.read_text()) if options.json.exists() else []
    done = {row["name"] for row in rows}
    for variant in plan["variants"]:
        name = variant["name"]
        if name in done or (options.only and name not in options.only):
            continue
        recipe = changed(dataclasses.replace(base, name=name), variant.get("set", {}))
        figures = train(recipe, pool, options.out / name, device, state)
        rows.append({"name": name, "change": variant["change"], "photos": recipe.photos, "figures": figures})
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
        print(name, *(f"{key} {figures[key]:.2f}" for key in _COLUMNS), flush=True)


def train(
    recipe: Recipe, pool: PhotoPool, out: Path, device: torch.device, state: dict[str, torch.Tensor]
) -> dict[str, float]:
    """The figures of a network trained by a recipe."""
    trainer = Trainer(recipe, pool, out, device=device, encoder_state=state)
    lines: list[dict[str, Any]] = []
    started = time.monotonic()
    trainer.run(on_log=lines.append)
    last = next(line for line in reversed(lines) if line["kind"] == "validation")
    told = {key: last[key] for key in last if key.startswith(("psnr", "colourfulness", "error", "change"))}
    return {**told, "minutes": round((time.monotonic() - started) / 60, 2)}


if __name__ == "__main__":
    main()
