"""`colorstudio evaluate`: figures of a network."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from colorstudio.cli.options import add_network_options, positive, saturation
from colorstudio.cli.terminal import EXIT_DONE, bar


def add_to(commands: Any) -> None:
    evaluate = commands.add_parser("evaluate", help="measure a network on photos whose colours are known")
    evaluate.add_argument("folder", type=Path, metavar="DIR")
    add_network_options(evaluate)
    evaluate.add_argument("--protocol", default="auto", choices=("auto",))
    evaluate.add_argument("--saturation", type=saturation, default=1.0, metavar="X")
    evaluate.add_argument("--limit", type=positive, metavar="N", help="only the first N photos")
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="figures of every photo")
    evaluate.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from colorstudio.networks.colorizer import Colorizer
    from colorstudio.networks.registry import find_model
    from colorstudio.services.devices import resolve_device
    from colorstudio.training.evaluation import evaluate_auto, photos_of

    photos = photos_of(options.folder, options.limit)
    colorizer = Colorizer.load(find_model(options.model), resolve_device(options.device))
    with bar(len(photos), "photo") as advance:
        result = evaluate_auto(
            colorizer,
            photos,
            saturation=options.saturation,
            working_size_px=options.working_size,
            on_photo=lambda figures: advance(figures.file),
        )
    if options.json is not None:
        from colorstudio.imaging.atomic import atomic_write

        with atomic_write(options.json) as stream:
            stream.write(json.dumps(result, indent=1).encode())
    print(f"{result['model']} on {len(photos)} photos of {options.folder}, protocol {result['protocol']}")
    _print_means(result["mean"])
    return EXIT_DONE


def _print_means(mean: dict[str, float]) -> None:
    gain = mean["psnr"] - mean["psnr_gray"]
    print(f"  PSNR           {mean['psnr']:6.2f} dB   gray {mean['psnr_gray']:6.2f} dB   gain {gain:+.2f} dB")
    print(f"  SSIM           {mean['ssim']:6.4f}")
    colour, true = mean["colourfulness"], mean["colourfulness_true"]
    print(f"  colourfulness  {colour:6.2f}      true {true:6.2f}      dCF {mean['dcf']:6.2f}")
