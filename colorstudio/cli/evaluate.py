"""`colorstudio evaluate`: figures of a network, of propagation, and of both."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from colorstudio.cli.options import add_network_options, number, positive, saturation, vividness
from colorstudio.cli.terminal import EXIT_DONE, bar, cancelled_by_signals
from colorstudio.errors import UsageError
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.networks.colorizer import Colorizer
    from colorstudio.networks.descriptor import ModelDescriptor
    from colorstudio.services.evaluation.evaluating import Measure
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
        choices=("auto", "zhang2017", "icolorit", "suggestions", "locality"),
        help="auto gives no hints; zhang2017 and icolorit give them as the papers did; suggestions looks for "
        "the true colour among those suggested; locality gives things other colours and looks what follows",
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
    evaluate.add_argument(
        "--vividness",
        type=vividness,
        metavar="X",
        help="of the network's colours (default: 0, the nearest on average; the protocol auto measures the "
        "network's own beside it)",
    )
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

    published = PROTOCOLS.get(options.protocol)
    _refuse_contradictions(options, published)
    counts = options.counts or (published.hints.counts if published and published.hints else ())
    photos = photos_of(options.folder, options.limit)
    measure, settings = _measure(options, published, counts)
    names = [photo.name for photo in photos]
    record = Record(settings, names, options.json, overwrite=options.overwrite)
    with bar(len(photos), "photo") as advance:
        token = ProgressToken(lambda fraction, stage: advance(stage, to=round(fraction * len(photos))))
        with cancelled_by_signals(token):
            evaluate(photos, measure, record, token)
    subject = " of ".join(filter(None, (options.method, settings["model"])))
    print(f"{subject} on {len(photos)} photos of {options.folder}, protocol {options.protocol}")
    _PRINTERS[options.protocol](record.as_json()["mean"], counts)
    return EXIT_DONE


def _refuse_contradictions(options: argparse.Namespace, protocol: Protocol | None) -> None:
    name = options.protocol
    if options.counts and (protocol is None or protocol.hints is None):
        raise UsageError(
            f"The protocol {name} counts no hints: leave out --counts, or choose --protocol zhang2017 or "
            "icolorit."
        )
    if options.method != "network" and name in ("auto", "suggestions"):
        raise UsageError(
            f"The protocol {name} gives no hints, so it measures the network alone: leave out --method, or "
            "choose another --protocol."
        )
    if options.saturation != 1.0 and protocol is None:
        raise UsageError(f"The protocol {name} compares single colours as they are: leave out --saturation.")
    if options.method == "network" and options.weights:
        raise UsageError("The method network propagates nothing: leave out --weights.")
    if options.method == "scribbles" and (options.model or options.working_size):
        raise UsageError("The method scribbles uses no network: leave out --model and --working-size.")
    if options.vividness is not None and (options.method == "scribbles" or name == "suggestions"):
        what = "protocol suggestions" if name == "suggestions" else "method scribbles"
        raise UsageError(f"The {what} takes no colours from a network: leave out --vividness.")


def _refuse_what_it_cannot(options: argparse.Namespace, model: ModelDescriptor) -> None:
    """Refuse figures that would say nothing of this network."""
    if options.protocol == "suggestions" and not model.has_distribution:
        raise UsageError(
            f"The network {model.name} says one colour for each place and suggests no others: "
            "choose another --protocol, or another --model."
        )
    if options.vividness and not model.has_distribution:
        raise UsageError(f"The network {model.name} cannot be more vivid: leave out --vividness.")
    hinted = options.protocol not in ("auto", "suggestions")
    if options.method == "network" and hinted and not model.takes_hints:
        raise UsageError(
            f"The network {model.name} takes no hints, which the protocol {options.protocol} gives: choose "
            "--method hybrid, which spreads them, or another --protocol."
        )


def _measure(
    options: argparse.Namespace, protocol: Protocol | None, counts: tuple[int, ...]
) -> tuple[Measure, dict[str, Any]]:
    """What measures a photo, and all that its figures depend on."""
    from colorstudio.networks.registry import find_model
    from colorstudio.services.evaluation.evaluating import measure_of_colours
    from colorstudio.services.evaluation.locality import measure_of_locality
    from colorstudio.services.evaluation.methods import NetworkMethod
    from colorstudio.services.evaluation.suggestions import measure_of_suggestions

    settings: dict[str, Any] = {"protocol": options.protocol, "method": options.method}
    if options.protocol == "suggestions":
        colorizer, of_network = _network(options)
        return measure_of_suggestions(colorizer, of_network["working_size_px"]), {**settings, **of_network}
    method, of_method = _method(options)
    settings |= of_method
    if protocol is None:
        return measure_of_locality(method), settings
    settings["saturation"] = options.saturation
    if counts:
        settings["counts"] = list(counts)
    as_default: Method | None = None
    if options.protocol == "auto" and isinstance(method, NetworkMethod) and options.vividness is None:
        settings["vividness_default"] = find_model(options.model).vividness
        as_default = method.with_vividness(settings["vividness_default"])
    measure = measure_of_colours(
        method, protocol, counts=counts, saturation=options.saturation, as_default=as_default
    )
    return measure, settings


def _method(options: argparse.Namespace) -> tuple[Method, dict[str, Any]]:
    """The method, and what its figures depend on."""
    from colorstudio.services.evaluation.methods import HybridMethod, NetworkMethod, ScribblesMethod
    from colorstudio.services.hybrid import DEFAULT_REACH

    weights = options.weights or "symmetric"
    if options.method == "scribbles":
        return ScribblesMethod(weights), {"model": None, "weights": weights}
    colorizer, settings = _network(options)
    vividness: float = options.vividness or 0.0
    settings["vividness"] = vividness
    if options.method == "network":
        return NetworkMethod(colorizer, settings["working_size_px"], vividness=vividness), settings
    method = HybridMethod(colorizer, settings["working_size_px"], weights, vividness=vividness)
    return method, {**settings, "weights": weights, "reach": DEFAULT_REACH}


def _network(options: argparse.Namespace) -> tuple[Colorizer, dict[str, Any]]:
    """The network, and what its figures depend on."""
    from colorstudio.networks.colorizer import Colorizer
    from colorstudio.networks.registry import find_model
    from colorstudio.services.devices import resolve_device

    descriptor = find_model(options.model)
    _refuse_what_it_cannot(options, descriptor)
    colorizer = Colorizer.load(descriptor, resolve_device(options.device))
    return colorizer, {
        "model": descriptor.name,
        "model_sha256": descriptor.weights_sha256,
        "working_size_px": options.working_size or descriptor.working_size_px,
    }


def _print_means(mean: dict[str, Any], counts: tuple[int, ...]) -> None:
    """One column a count of hints; a single one where the protocol gives none."""
    if counts:
        _row("hints", counts, "8d")
    _row("PSNR dB", mean["psnr"], "8.2f", f"   gray {mean['psnr_gray']:.2f}")
    _row("over gray dB", np.subtract(mean["psnr"], mean["psnr_gray"]), "+z8.2f")
    _row("SSIM", mean["ssim"], "8.4f")
    _row("colourfulness", mean["colourfulness"], "8.2f", f"   true {mean['colourfulness_true']:.2f}")
    _row("dCF", mean["dcf"], "8.2f")
    if "psnr_default" in mean:
        print("  at the network's own vividness:")
        _row("PSNR dB", mean["psnr_default"], "8.2f")
        _row("SSIM", mean["ssim_default"], "8.4f")
        _row("colourfulness", mean["colourfulness_default"], "8.2f")
        _row("dCF", mean["dcf_default"], "8.2f")


def _print_suggestions(mean: dict[str, Any], _counts: tuple[int, ...]) -> None:
    print("  places whose true colour is within 10 Delta E of")
    for label, key in (("the best", "hit_best"), ("one of five", "hit_5"), ("gray", "hit_gray")):
        _row(label, mean[key], "8.1%")


def _print_locality(mean: dict[str, Any], _counts: tuple[int, ...]) -> None:
    print(f"  edits a photo {mean['edits']:8.2f}, means of Delta E:")
    if not mean["edits"]:
        return
    _row("at the hint", mean["at_hint"], "8.2f", "   from what was asked for")
    _row("in the object", mean["in_region"], "8.2f", f"   without hints {mean['in_region_before']:.2f}")
    _row("outside", mean["outside"], "8.2f", "   moved")
    _row("", mean["outside_visible"], "8.1%", "   of it visibly")
    if "unlike_visible" in mean:
        _row("", mean["unlike_visible"], "8.1%", "   of what is unlike the object")


def _row(label: str, values: Any, form: str, note: str = "") -> None:
    print(f"  {label:14}" + "".join(f"{value:{form}}" for value in np.atleast_1d(values)) + note)


_PRINTERS = {
    "auto": _print_means,
    "zhang2017": _print_means,
    "icolorit": _print_means,
    "suggestions": _print_suggestions,
    "locality": _print_locality,
}
