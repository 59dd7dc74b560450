"""`colorstudio propagate`: strokes painted on a copy of a photo, after Levin, Lischinski & Weiss (2004)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from colorstudio.cli.options import add_output_options
from colorstudio.cli.terminal import EXIT_DONE, bar, percent_token, print_report


def add_to(commands: Any) -> None:
    propagate = commands.add_parser(
        "propagate", help="colour a photo from a copy with strokes painted on it, without a network"
    )
    propagate.add_argument("gray", type=Path, metavar="GRAY", help="the photo")
    propagate.add_argument("marked", type=Path, metavar="MARKED", help="the same with strokes painted on it")
    propagate.add_argument("-o", dest="out_file", type=Path, required=True, metavar="OUT")
    propagate.add_argument(
        "--space", choices=("yiq", "lab"), default="yiq", help="yiq: as published; lab: luminance is kept"
    )
    propagate.add_argument(
        "--weights", choices=("levin", "symmetric"), default="levin", help="levin: as published"
    )
    propagate.add_argument(
        "--solver", choices=("exact", "fast"), default="fast", help="exact: directly, for small photos"
    )
    propagate.add_argument(
        "--recolor",
        action="store_true",
        help="GRAY is in colour and stays so but for the strokes; white strokes protect what is there",
    )
    add_output_options(propagate)
    propagate.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from colorstudio.imaging.writing import WriteOptions
    from colorstudio.services.levin_pair import PairOptions, propagate_pair

    with bar(100, "%") as advance:
        report = propagate_pair(
            options.gray,
            options.marked,
            options.out_file,
            PairOptions(options.space, options.weights, options.solver, options.recolor),
            WriteOptions(overwrite=options.overwrite),
            percent_token(advance),
        )
    how = f"{report.weights} weights, {report.solver} solver"
    if report.iterations:
        how += f", {report.iterations} iterations"
    print_report(report, how, as_json=options.json)
    return EXIT_DONE
