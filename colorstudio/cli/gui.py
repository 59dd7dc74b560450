"""`colorstudio gui`: the window, or the pictures alone where there is none."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from colorstudio.cli.terminal import EXIT_DONE, EXIT_FAILED, complain


def add_to(commands: Any) -> None:
    gui = commands.add_parser("gui", help="open the studio (what happens without a command, too)")
    gui.add_argument("photos", nargs="*", type=Path, metavar="PHOTO")
    gui.add_argument(
        "--headless-output",
        type=Path,
        metavar="DIR",
        help="without a display, write the coloured photo and a before/after picture here",
    )
    gui.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from colorstudio.gui.display import why_no_window

    reason = why_no_window()
    if not reason:
        from colorstudio.gui.app import main

        return main(options.photos)
    if options.headless_output is None or not options.photos:
        complain(reason)
        return EXIT_FAILED
    print(f"{reason} Colouring without it.")
    return _headless(options.photos, options.headless_output)


def _headless(photos: list[Path], folder: Path) -> int:
    from colorstudio.document.document import Document
    from colorstudio.imaging.reading import read_photo
    from colorstudio.imaging.writing import WriteOptions
    from colorstudio.services.colorizing import ColorizingService
    from colorstudio.services.exporting import export_before_after, export_document, make_folder_of
    from colorstudio.services.planning import ENDING, plan_jobs

    service = ColorizingService()
    for job in plan_jobs(photos, out_dir=folder, file_format="png").jobs:
        document = Document(read_photo(job.source))
        colouring = service.colorize(document)
        make_folder_of(job.target)
        print(export_document(document, colouring, job.target, WriteOptions(overwrite=True)))
        pair = job.target.with_stem(job.target.stem.removesuffix(ENDING) + "-before-after")
        print(export_before_after(document, colouring, pair, overwrite=True))
    return EXIT_DONE
