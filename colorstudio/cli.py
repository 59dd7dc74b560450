"""The command line. Parses, calls the services, and prints; nothing else."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from colorstudio import __version__
from colorstudio.errors import ColorStudioError, ModelError, UsageError
from colorstudio.progress import Cancelled, ProgressToken
from colorstudio.services.devices import DEVICE_CHOICES

if TYPE_CHECKING:
    from colorstudio.services.batch import PhotoReport

EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_CANCELLED = 0, 1, 2, 130
_COMMANDS = ("gui", "colorize", "evaluate", "models", "train")


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(_with_command(arguments))
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        status = command(options)
        sys.stdout.flush()
        return status
    except UsageError as error:
        _complain(str(error))
        return EXIT_USAGE
    except ColorStudioError as error:
        _complain(str(error))
        return EXIT_FAILED
    except (KeyboardInterrupt, Cancelled):
        _complain("Stopped.")
        return EXIT_CANCELLED
    except BrokenPipeError:  # the reader of our output has gone; what is still buffered goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except MemoryError:
        _complain("There is not enough memory: close other programs and try again.")
        return EXIT_FAILED
    except OSError as error:  # the disk fails or is full while a log or a list is written
        _complain(f"{error.filename or 'A file'} cannot be used ({error.strerror or error}).")
        return EXIT_FAILED


def _with_command(arguments: list[str]) -> list[str]:
    """`colorstudio` and `colorstudio PHOTO` mean the window."""
    first = arguments[0] if arguments else ""
    if first in _COMMANDS or first in ("-h", "--help", "--version"):
        return arguments
    return ["gui", *arguments]


def _complain(text: str) -> None:
    print(f"colorstudio: {text}", file=sys.stderr)


# -- the options --------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        _complain(f"{message}. See: {self.prog} --help")
        sys.exit(EXIT_USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="colorstudio", description="Colours black-and-white photographs, on your own machine."
    )
    parser.add_argument("--version", action="version", version=f"colorstudio {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    _add_gui(commands)
    _add_colorize(commands)
    _add_evaluate(commands)
    _add_models(commands)
    _add_train(commands)
    return parser


def _add_gui(commands: Any) -> None:
    gui = commands.add_parser("gui", help="open the studio (what happens without a command, too)")
    gui.add_argument("photos", nargs="*", type=Path, metavar="PHOTO")
    gui.add_argument(
        "--headless-output",
        type=Path,
        metavar="DIR",
        help="without a display, write the coloured photo and a before/after picture here",
    )
    gui.set_defaults(run=_gui)


def _add_network_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", default="", metavar="NAME", help="network (see: colorstudio models list)")
    command.add_argument("--device", default="auto", choices=DEVICE_CHOICES)
    command.add_argument(
        "--working-size",
        type=_working_size,
        metavar="PX",
        help="short side at which the network sees the photo",
    )


def _add_colorize(commands: Any) -> None:
    colorize = commands.add_parser("colorize", help="colour photos and folders of photos")
    colorize.add_argument("inputs", nargs="+", type=Path, metavar="PHOTO|DIR")
    colorize.add_argument("-o", dest="out_file", type=Path, metavar="FILE", help="the coloured photo")
    colorize.add_argument("--out-dir", type=Path, metavar="DIR", help="folder of the coloured photos")
    _add_network_options(colorize)
    colorize.add_argument(
        "--saturation", type=_saturation, default=1.0, metavar="X", help="0 gray, 1 as predicted, up to 2"
    )
    colorize.add_argument("--format", choices=("png", "tiff", "jpeg", "webp"), help="default: as the photo")
    colorize.add_argument("--quality", type=_quality, default=95, metavar="1-100", help="of JPEG and WebP")
    colorize.add_argument(
        "--overwrite", action="store_true", help="replace outputs that exist; never an input"
    )
    colorize.add_argument("--json", action="store_true", help="one JSON object a photo on standard output")
    colorize.set_defaults(run=_colorize)


def _add_evaluate(commands: Any) -> None:
    evaluate = commands.add_parser("evaluate", help="measure a network on photos whose colours are known")
    evaluate.add_argument("folder", type=Path, metavar="DIR")
    _add_network_options(evaluate)
    evaluate.add_argument("--protocol", default="auto", choices=("auto",))
    evaluate.add_argument("--saturation", type=_saturation, default=1.0, metavar="X")
    evaluate.add_argument("--limit", type=_positive, metavar="N", help="only the first N photos")
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="figures of every photo")
    evaluate.set_defaults(run=_evaluate)


def _add_models(commands: Any) -> None:
    models = commands.add_parser("models", help="list, show, add and remove networks").add_subparsers(
        metavar="ACTION", required=True, parser_class=_Parser
    )
    models.add_parser("list", help="all networks, the default one first").set_defaults(run=_models_list)
    show = models.add_parser("show", help="one network")
    show.add_argument("name", nargs="?", default="", metavar="NAME")
    show.set_defaults(run=_models_show)
    add = models.add_parser("add", help="add a model from a folder or a zip")
    add.add_argument("source", type=Path, metavar="PATH")
    add.set_defaults(run=_models_add)
    fetch = models.add_parser("fetch", help="download the zip of a model and add it")
    fetch.add_argument("url", metavar="URL")
    fetch.set_defaults(run=_models_fetch)
    remove = models.add_parser("remove", help="delete a model that was added")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=_models_remove)


def _add_train(commands: Any) -> None:
    train = commands.add_parser("train", help="train a network on a folder of photos")
    train.add_argument("recipe", metavar="RECIPE", help="name of a shipped recipe, or a .toml file")
    train.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="photos, or zip or tar shards of them"
    )
    train.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="checkpoint, log, pictures, weights"
    )
    train.add_argument("--max-minutes", type=_minutes, default=float("inf"), metavar="M")
    train.add_argument(
        "--resume", type=Path, metavar="DIR", help="go on where the run in this folder stopped"
    )
    train.add_argument("--device", default="auto", choices=DEVICE_CHOICES)
    train.add_argument("--limit", type=_positive, metavar="N", help="use only the first N photos")
    train.add_argument("--encoder-weights", type=Path, metavar="FILE", help="ImageNet weights to start from")
    train.set_defaults(run=_train)


def _number(low: float, high: float, kind: type = float) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is out of range: give {low:g} to {high:g}")
        return value

    return parse


_saturation = _number(0.0, 2.0)
_quality = _number(1, 100, int)
_working_size = _number(32, 2048, int)
_positive = _number(1, 10**9, int)
_minutes = _number(0.0, float("inf"))


# -- the commands -------------------------------------------------------------------


def _gui(options: argparse.Namespace) -> int:
    from colorstudio.gui.display import why_no_window

    reason = why_no_window()
    if not reason:
        from colorstudio.gui.app import main

        return main(options.photos)
    if options.headless_output is None or not options.photos:
        _complain(reason)
        return EXIT_FAILED
    print(f"{reason} Colouring without it.")
    return _headless(options.photos, options.headless_output)


def _headless(photos: list[Path], folder: Path) -> int:
    from colorstudio.document.document import Document
    from colorstudio.imaging.reading import read_photo
    from colorstudio.imaging.writing import WriteOptions
    from colorstudio.services.batch import plan_jobs
    from colorstudio.services.colorizing import ColorizingService
    from colorstudio.services.exporting import export_before_after, export_document, make_folder_of

    service = ColorizingService()
    for job in plan_jobs(photos, out_dir=folder, file_format="png").jobs:
        document = Document(read_photo(job.source))
        colouring = service.colorize(document)
        make_folder_of(job.target)
        print(export_document(document, colouring, job.target, WriteOptions(overwrite=True)))
        pair = job.target.with_stem(job.target.stem.removesuffix("-colour") + "-before-after")
        print(export_before_after(document, colouring, pair, overwrite=True))
    return EXIT_DONE


def _colorize(options: argparse.Namespace) -> int:
    from colorstudio.document.document import Settings
    from colorstudio.imaging.writing import WriteOptions
    from colorstudio.networks.registry import find_model
    from colorstudio.services.batch import plan_jobs, run_job
    from colorstudio.services.colorizing import ColorizingService
    from colorstudio.services.devices import resolve_device

    plan = plan_jobs(
        options.inputs, out_file=options.out_file, out_dir=options.out_dir, file_format=options.format
    )
    jobs = plan.jobs
    find_model(options.model)  # what is wrong for all photos is said once
    resolve_device(options.device)
    for failure in plan.failures:
        _complain(str(failure))
    settings = Settings(model=options.model, saturation=options.saturation)
    write = WriteOptions(format=options.format, quality=options.quality, overwrite=options.overwrite)
    service = ColorizingService()
    failed, skipped = len(plan.failures), 0
    with _bar(len(jobs), "photo", shown=len(jobs) > 1) as advance:
        for job in jobs:
            # An archive of thousands is coloured over several days: what is done stays done.
            if job.from_folder and job.target.exists() and not options.overwrite:
                skipped += 1
            else:
                try:
                    report = run_job(
                        job,
                        service,
                        settings=settings,
                        options=write,
                        device=options.device,
                        working_size_px=options.working_size,
                    )
                except (UsageError, ModelError):
                    raise
                except ColorStudioError as error:
                    failed += 1
                    _complain(str(error))
                else:
                    _print_report(report, as_json=options.json)
            advance(job.source.name)
    if skipped:
        _complain(f"{skipped} photos were coloured before and left as they are: --overwrite does them again.")
    if failed and len(jobs) > 1:
        _complain(f"{failed} of {len(jobs) + len(plan.failures)} photos failed.")
    return EXIT_FAILED if failed else EXIT_DONE


def _print_report(report: PhotoReport, *, as_json: bool) -> None:
    for note in report.notes:
        print(f"{report.input}: {note}", file=sys.stderr)
    if as_json:
        print(json.dumps(report.as_json()), flush=True)
    else:
        print(
            f"{report.output}  ({report.width} x {report.height}, {report.model} on {report.device}, "
            f"{report.seconds['total']:.1f} s)",
            flush=True,
        )


def _evaluate(options: argparse.Namespace) -> int:
    from colorstudio.networks.colorizer import Colorizer
    from colorstudio.networks.registry import find_model
    from colorstudio.services.devices import resolve_device
    from colorstudio.training.evaluation import evaluate_auto, photos_of

    photos = photos_of(options.folder, options.limit)
    colorizer = Colorizer.load(find_model(options.model), resolve_device(options.device))
    with _bar(len(photos), "photo") as advance:
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


def _models_list(_: argparse.Namespace) -> int:
    from colorstudio.networks.registry import list_models

    for model in list_models():
        mark = "*" if model.default else " "
        size = f"{model.parameters / 1e6:.1f} M parameters"
        print(f"{mark} {model.name:16} {size:18} {model.title}: {model.description}")
    return EXIT_DONE


def _models_show(options: argparse.Namespace) -> int:
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
        "working size": f"{model.working_size_px} px",
        "weights": f"{weights} ({size})",
        "sha256": model.weights_sha256,
    }.items():
        print(f"{key:13} {value}")
    return EXIT_DONE


def _models_add(options: argparse.Namespace) -> int:
    from colorstudio.services.model_store import add_model

    print(f"Added {add_model(options.source).name}.")
    return EXIT_DONE


def _models_fetch(options: argparse.Namespace) -> int:
    from colorstudio.services.model_store import fetch_model

    with _bar(100, "%") as advance:
        model = fetch_model(options.url, token=_percent_token(advance))
    print(f"Added {model.name}.")
    return EXIT_DONE


def _models_remove(options: argparse.Namespace) -> int:
    from colorstudio.services.model_store import remove_model

    print(f"Removed {remove_model(options.name)}.")
    return EXIT_DONE


def _train(options: argparse.Namespace) -> int:
    import torch

    from colorstudio.services.devices import resolve_device
    from colorstudio.training.pool import load_pool
    from colorstudio.training.pretrained import published_encoder_state
    from colorstudio.training.publishing import publish
    from colorstudio.training.recipe import load_recipe
    from colorstudio.training.trainer import Trainer

    recipe = load_recipe(options.recipe)
    state = None if options.resume else published_encoder_state(options.encoder_weights)
    device = torch.device(resolve_device(options.device))
    with _bar(100, "%") as advance:
        pool = load_pool(options.data, recipe.data, limit=options.limit, token=_percent_token(advance))
    print(f"{len(pool)} photos, recipe {recipe.name}, seed {recipe.seed}, on {device}", flush=True)
    trainer = Trainer(recipe, pool.to(device), options.out, device=device, encoder_state=state)
    if options.resume:
        trainer.resume(options.resume)
    status = EXIT_DONE
    with _bar(100, "%") as advance:
        token = _percent_token(advance)
        with _cancelled_by_signals(token):
            try:
                trainer.run(max_minutes=options.max_minutes, token=token, on_log=_print_validation)
            except Cancelled:
                status = EXIT_CANCELLED
    model = publish(trainer.average.network, recipe.name, options.out / "model")
    done = trainer.progress.photos / recipe.photos
    print(f"{'Done' if trainer.finished else f'Stopped at {done:.0%}'}: weights in {model.folder}")
    return status


def _print_validation(line: dict[str, Any]) -> None:
    if line["kind"] == "validation":
        keys = ("photos", "minutes", "psnr_gray", "psnr", "psnr_ten_hints", "colourfulness")
        print("\n" + ", ".join(f"{key} {line[key]:g}" for key in keys), flush=True)


# -- progress on the terminal ---------------------------------------------------------


@contextmanager
def _bar(total: int, unit: str, *, shown: bool = True) -> Generator[Callable[..., None]]:
    """A progress bar on standard error, where that is a terminal.

    Gives a function that takes what to say and, by `to`, where the bar stands (else one step on).
    """
    from tqdm import tqdm

    hidden = not shown or not sys.stderr.isatty()
    with tqdm(total=total, unit=unit, disable=hidden, file=sys.stderr, dynamic_ncols=True) as bar:

        def advance(text: str, to: float | None = None) -> None:
            bar.set_postfix_str(text, refresh=False)
            bar.update(1 if to is None else to - bar.n)

        yield advance


@contextmanager
def _cancelled_by_signals(token: ProgressToken) -> Generator[None]:
    """Ctrl-C, or the system's wish to end, stops the work at its next check; a second one at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def cancel(*_: object) -> None:
        token.cancel()
        restore()

    before = {number: signal.signal(number, cancel) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        restore()


def _percent_token(advance: Callable[..., None]) -> ProgressToken:
    return ProgressToken(lambda fraction, stage: advance(stage, to=round(fraction * 100, 1)))
