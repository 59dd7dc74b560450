#!/usr/bin/env python3
"""Choose the vividness that a network comes with: the least that is about as colourful as true photos are.

python scripts/choose_vividness.py PHOTOS ... [--model NAME] [--limit N] [--write]

PHOTOS are folders of colour photos; all that are in one of them count alike. The table tells what each
vividness gives and costs. --write puts the choice into the model's own model.toml.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

from colorstudio.cli.terminal import bar
from colorstudio.errors import ColorStudioError
from colorstudio.networks.colorizer import Colorizer
from colorstudio.networks.descriptor import DESCRIPTION_FILE, format_descriptor
from colorstudio.networks.registry import find_model
from colorstudio.progress import ProgressToken
from colorstudio.services.evaluation.photos import photos_of
from colorstudio.services.evaluation.vividness import Figures, default_vividness, sweep


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="PHOTOS")
    parser.add_argument("--model", default="")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N photos of each folder")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    try:
        photos = [photo for folder in options.folders for photo in photos_of(folder, options.limit)]
        model = find_model(options.model)
        with bar(len(photos), "photo") as advance:
            token = ProgressToken(lambda fraction, stage: advance(stage, to=round(fraction * len(photos))))
            measured = sweep(photos, Colorizer.load(model), token)
    except ColorStudioError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{model.name} on {len(photos)} photos\n\nvividness  PSNR dB  colourfulness  unevenness")
    _print("gray", measured.gray)
    for step, figures in measured.steps.items():
        _print(f"{step:.1f}", figures)
    _print("photos", dataclasses.replace(measured.truth, psnr=float("nan")))
    chosen = default_vividness(measured)
    print(f"\nchosen: {chosen:.2f}, so far {model.vividness:.2f}")
    if options.write:
        text = format_descriptor(dataclasses.replace(model, vividness=chosen))
        (model.folder / DESCRIPTION_FILE).write_text(text, encoding="utf-8")
        print(f"written to {model.folder / DESCRIPTION_FILE}")
    return 0


def _print(name: str, figures: Figures) -> None:
    psnr = "" if figures.psnr != figures.psnr else f"{figures.psnr:.2f}"
    print(f"{name:>9}{psnr:>9}{figures.colourfulness:15.1f}{figures.unevenness:12.2f}")


if __name__ == "__main__":
    sys.exit(main())
