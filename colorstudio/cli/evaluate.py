"""`colorstudio evaluate`: figures of a network, of propagation, and of both."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from colorstudio.cli.options import add_network_options, number, positive, saturation
from colorstudio.cli.terminal import EXIT_DONE, bar, cancelled_by_signals
from colorstudio.errors import UsageError
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.services.evaluation.methods import Method
    from colorstudio.services.evaluation.protocols import Protocol

_count = number(0, 10_000, int)


def add_to(commands: Any) -> None:
    evaluate = commands.add_parser("evaluate", help="measure colours on photos whose colours are known")
    evaluate.add_argument("folder", type=Path, metavar="DIR")
    add_network_options(evaluate)
    evaluate.add_argument(
        "--protocol",
        default="auto",
        choices=("auto", "zhang2017", "icolorit"),
        help="auto gives no hints; the others give them as the papers did",
    )
    evaluate.add_argument(
        "--method",
        default="network",
        choices=("network", "scribbles", "hybrid"),
        help="what takes the hints: the network, propagation (Levin 2004), or both",
    )
    evaluate.add_argument(
        "--counts", type=_counts, metavar="N,N,...", help="numbers of hints (default: the protocol's)"
    )
    evaluate.add_argument(
        "--weights", choices=("symmetric", "levin"), help="of the propagation (default: symmetric)"
    )
    evaluate.add_argument("--saturation", type=saturation, default=1.0, metavar="X")
    evaluate.add_argument("--limit", type=positive, metavar="N", help="only the first N photos")
    evaluate.add_argument(
        "--json", type=Path, metavar="FILE", help="figures of every photo; goes on where it was stopped"
    )
    evaluate.add_argument("--overwrite", action="store_true", help="measure anew what FILE has already")
    evaluate.set_defaults(run=_run)


def _counts(text: str) -> tuple[int, ...]:
    return tuple(sorted({_count(part) for part in text.split(",")}))


def _run(options: argparse.Namespace) -> int:
    from colorstudio.services.evaluation.evaluating import evaluate
    from colorstudio.services.evaluation.photos import photos_of
    from colorstudio.services.evaluation.protocols import PROTOCOLS
    from colorstudio.services.evaluation.record import Record

    protocol = PROTOCOLS[options.protocol]
    _refuse_contradictions(options, protocol)
    photos = photos_of(options.folder, options.limit)
    method, of_method = _method(options)
    settings = {"protocol": protocol.name, "method": options.method, **of_method}
    settings["saturation"] = options.saturation
    counts = options.counts or (protocol.hints.counts if protocol.hints else ())
    if counts:
        settings["counts"] = list(counts)
    names = [photo.name for photo in photos]
    record = Record(settings, names, options.json, overwrite=options.overwrite)
    with bar(len(photos), "photo") as advance:
        token = ProgressToken(lambda fraction, stage: advance(stage, to=round(fraction * len(photos))))
        with cancelled_by_signals(token):
            evaluate(
                photos, method, protocol, record, counts=counts, saturation=options.saturation, token=token
            )
    subject = " of ".join(filter(None, (options.method, settings["model"])))
    print(f"{subject} on {len(photos)} photos of {options.folder}, protocol {protocol.name}")
    _print_means(record.as_json()["mean"], counts)
    return EXIT_DONE


def _refuse_contradictions(options: argparse.Namespace, protocol: Protocol) -> None:
    if protocol.hints is None and (options.method != "network" or options.counts):
        raise UsageError(
            "The protocol auto gives no hints, so it measures the network alone: leave out --method and "
            "--counts, or choose --protocol zhang2017 or icolorit."
        )
    if options.method == "network" and options.weights:
        raise UsageError("The method network propagates nothing: leave out --weights.")
    if options.method == "scribbles" and (options.model or options.working_size):
        raise UsageError("The method scribbles uses no network: leave out --model and --working-size.")


def _method(options: argparse.Namespace) -> tuple[Method, dict[str, Any]]:
    """The method, and what its figures depend on."""
    from colorstudio.networks.colorizer import Colorizer
    from colorstudio.networks.registry import find_model
    from colorstudio.services.devices import resolve_device
    from colorstudio.services.evaluation.methods import HybridMethod, NetworkMethod, ScribblesMethod
    from colorstudio.services.hybrid import DEFAULT_REACH

    weights = options.weights or "symmetric"
    if options.method == "scribbles":
        return ScribblesMethod(weights), {"model": None, "weights": weights}
    descriptor = find_model(options.model)
    colorizer = Colorizer.load(descriptor, resolve_device(options.device))
    working_size_px = options.working_size or descriptor.working_size_px
    settings = {
        "model": descriptor.name,
        "model_sha256": descriptor.weights_sha256,
        "working_size_px": working_size_px,
    }
    if options.method == "network":
        return NetworkMethod(colorizer, working_size_px), settings
    method = HybridMethod(colorizer, working_size_px, weights)
    return method, {**settings, "weights": weights, "reach": DEFAULT_REACH}


def _print_means(mean: dict[str, Any], counts: tuple[int, ...]) -> None:
    """One column a count of hints; a single one where the protocol gives none."""

    def row(label: str, values: Any, form: str, note: str = "") -> None:
        print(f"  {label:14}" + "".join(f"{value:{form}}" for value in np.atleast_1d(values)) + note)

    if counts:
        row("hints", counts, "8d")
    row("PSNR dB", mean["psnr"], "8.2f", f"   gray {mean['psnr_gray']:.2f}")
    row("over gray dB", np.subtract(mean["psnr"], mean["psnr_gray"]), "+z8.2f")
    row("SSIM", mean["ssim"], "8.4f")
    row("colourfulness", mean["colourfulness"], "8.2f", f"   true {mean['colourfulness_true']:.2f}")
    row("dCF", mean["dcf"], "8.2f")
