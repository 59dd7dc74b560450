"""`colorstudio colorize`: photos and folders of photos."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colorstudio.cli.options import (
    add_network_options,
    add_output_options,
    add_smoothing_option,
    number,
    saturation,
    vividness,
)
from colorstudio.cli.terminal import EXIT_DONE, EXIT_FAILED, bar, complain, print_report
from colorstudio.errors import ColorStudioError, ModelError, UsageError

if TYPE_CHECKING:
    from colorstudio.networks.descriptor import ModelDescriptor


def add_to(commands: Any) -> None:
    colorize = commands.add_parser("colorize", help="colour photos and folders of photos")
    colorize.add_argument("inputs", nargs="+", type=Path, metavar="PHOTO|DIR")
    colorize.add_argument("-o", dest="out_file", type=Path, metavar="FILE", help="the coloured photo")
    colorize.add_argument("--out-dir", type=Path, metavar="DIR", help="folder of the coloured photos")
    add_network_options(colorize)
    colorize.add_argument(
        "--saturation", type=saturation, default=1.0, metavar="X", help="0 gray, 1 as predicted, up to 2"
    )
    colorize.add_argument(
        "--vividness",
        type=vividness,
        metavar="X",
        help="0 the mean of what the network holds plausible, 1 the most colourful of it (default: the "
        "network's own)",
    )
    add_smoothing_option(colorize)
    colorize.add_argument(
        "--reference",
        type=Path,
        metavar="PHOTO",
        help="a photo in colour whose things lend theirs their colours",
    )
    colorize.add_argument(
        "--variations",
        type=number(1, 24, int),
        metavar="N",
        help="colour each photo in N ways, all plausible, into NAME-1, NAME-2 ...",
    )
    _add_painting_options(colorize)
    colorize.add_argument("--format", choices=("png", "tiff", "jpeg", "webp"), help="default: as the photo")
    colorize.add_argument(
        "--quality", type=number(1, 100, int), default=95, metavar="1-100", help="of JPEG and WebP"
    )
    add_output_options(colorize)
    colorize.set_defaults(run=_run)


def _add_painting_options(colorize: argparse.ArgumentParser) -> None:
    painting = colorize.add_mutually_exclusive_group()
    painting.add_argument("--strokes", type=Path, metavar="FILE", help="strokes on the photo, as JSON")
    painting.add_argument(
        "--marked", type=Path, metavar="FILE", help="a copy of the photo with scribbles on it"
    )
    colorize.add_argument(
        "--mode",
        choices=("hybrid", "network", "scribbles"),
        default="hybrid",
        help="hybrid: strokes guide the network and spread (default); network: they guide it; "
        "scribbles: they spread, without a network",
    )
    colorize.add_argument(
        "--reach",
        type=float,
        metavar="X",
        help="how far strokes spread in the mode hybrid, as a part of the longer side; inf: without fading",
    )


def _run(options: argparse.Namespace) -> int:
    from colorstudio.document.document import Settings
    from colorstudio.document.stroke_file import read_strokes
    from colorstudio.imaging.writing import WriteOptions
    from colorstudio.networks.registry import find_model
    from colorstudio.services.batch import BatchOptions, run_job, run_variations
    from colorstudio.services.colorizing import ColorizingService
    from colorstudio.services.devices import resolve_device
    from colorstudio.services.planning import plan_jobs, variation_targets
    from colorstudio.services.reference import read_reference

    settings = Settings(
        model=options.model,
        saturation=options.saturation,
        mode=options.mode,
        reach=options.reach,
        vividness=options.vividness,
        smoothing=options.smooth,
    )
    _check_painting(options)
    plan = plan_jobs(
        options.inputs,
        others=[path for path in (options.strokes, options.marked, options.reference) if path is not None],
        out_file=options.out_file,
        out_dir=options.out_dir,
        file_format=options.format,
    )
    jobs = plan.jobs
    strokes = read_strokes(options.strokes) if options.strokes is not None else ()
    if settings.mode != "scribbles":
        _check_abilities(options, find_model(options.model))  # what is wrong for all photos is said once
        resolve_device(options.device)
    # Wrong for all photos, too; and looked at once for all of them.
    reference = read_reference(options.reference) if options.reference is not None else None
    for failure in plan.failures:
        complain(str(failure))
    service = ColorizingService()
    common = BatchOptions(
        settings,
        WriteOptions(format=options.format, quality=options.quality, overwrite=options.overwrite),
        strokes,
        options.marked,
        reference,
        options.device,
        options.working_size,
    )
    failed, skipped = len(plan.failures), 0
    with bar(len(jobs), "photo", shown=len(jobs) > 1) as advance:
        for job in jobs:
            # An archive of thousands is coloured over several days: what is done stays done.
            targets = (
                variation_targets(job.target, options.variations) if options.variations else [job.target]
            )
            if job.from_folder and not options.overwrite and all(target.exists() for target in targets):
                skipped += 1
            else:
                try:
                    reports = (
                        run_variations(job, service, options.variations, common)
                        if options.variations
                        else [run_job(job, service, common)]
                    )
                    for report in reports:
                        how = f"{report.model} on {report.device}" if report.model else "strokes alone"
                        print_report(report, how, as_json=options.json)
                except (UsageError, ModelError):
                    raise
                except ColorStudioError as error:
                    failed += 1
                    complain(str(error))
            advance(job.source.name)
    if skipped:
        complain(f"{skipped} photos were coloured before and left as they are: --overwrite does them again.")
    if failed and len(jobs) > 1:
        complain(f"{failed} of {len(jobs) + len(plan.failures)} photos failed.")
    return EXIT_FAILED if failed else EXIT_DONE


def _check_abilities(options: argparse.Namespace, model: ModelDescriptor) -> None:
    """Refuse what the network cannot do."""
    from colorstudio.services.reference import cannot_refer

    painted = options.strokes or options.marked
    if painted is not None and options.mode == "network" and not model.takes_hints:
        raise UsageError(
            f"The network {model.name} takes no hints, so strokes change nothing in the mode network: "
            "leave out --mode, or choose another --model."
        )
    if options.vividness and not model.has_distribution:
        raise UsageError(
            f"The network {model.name} says one colour for each place and no others that are likely, so it "
            "cannot be more vivid: leave out --vividness, or choose another --model."
        )
    if options.variations and not model.has_variations:
        from colorstudio.networks.varying import only_one_way

        raise only_one_way(model.name)
    if options.reference is not None and not model.follows_references:
        raise cannot_refer(model.name)


def _check_painting(options: argparse.Namespace) -> None:
    """Refuse what does not go together."""
    painted = options.strokes or options.marked
    if painted is not None and (len(options.inputs) > 1 or options.inputs[0].is_dir()):
        raise UsageError(f"The strokes of {painted} belong to one photo, but there are several: give one.")
    if options.mode == "scribbles" and painted is None:
        raise UsageError("The mode scribbles colours with strokes alone: give --strokes or --marked.")
    if options.mode == "scribbles":
        for given, missing, option in (
            (options.reference is not None, "network to compare photos", "--reference"),
            (options.vividness is not None, "network to be vivid", "--vividness"),
            (options.variations is not None, "network to choose other colours", "--variations"),
            (options.smooth != "none", "network's colours to smooth", "--smooth"),
        ):
            if given:
                raise UsageError(f"The mode scribbles has no {missing}: leave out {option}, or --mode.")
    if options.mode != "hybrid" and options.reach is not None:
        raise UsageError(f"The mode {options.mode} has no reach: leave out --reach, or --mode.")
