"""`colorstudio evaluate`: figures of a network, of propagation, and of both."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colorstudio.cli.evaluation_tables import print_comparison, print_means
from colorstudio.cli.options import (
    add_network_options,
    add_smoothing_option,
    number,
    positive,
    saturation,
    vividness,
)
from colorstudio.cli.terminal import EXIT_DONE, bar, cancelled_by_signals
from colorstudio.errors import UsageError
from colorstudio.progress import ProgressToken

if TYPE_CHECKING:
    from colorstudio.networks.colorizer import Colorizer
    from colorstudio.networks.descriptor import ModelDescriptor
    from colorstudio.services.evaluation.comparing import Result
    from colorstudio.services.evaluation.evaluating import Measure
    from colorstudio.services.evaluation.methods import Method
    from colorstudio.services.evaluation.protocols import Protocol
    from colorstudio.services.evaluation.record import Record

_count = number(0, 10_000, int)


def add_to(commands: Any) -> None:
    evaluate = commands.add_parser("evaluate", help="measure colours on photos whose colours are known")
    evaluate.add_argument("folder", type=Path, nargs="?", metavar="DIR")
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
    add_smoothing_option(evaluate)
    evaluate.add_argument(
        "--timing",
        action="store_true",
        help="the median of the seconds that colouring a photo takes, which is done once more for it",
    )
    evaluate.add_argument("--limit", type=positive, metavar="N", help="only the first N photos")
    evaluate.add_argument(
        "--json", type=Path, metavar="FILE", help="figures of every photo; goes on where it was stopped"
    )
    evaluate.add_argument(
        "--compare",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="figures that --json has written: beside those of DIR, or without it beside each other",
    )
    evaluate.add_argument("--plot", type=Path, metavar="FILE", help="charts and a table as PNG, PDF or SVG")
    evaluate.add_argument("--overwrite", action="store_true", help="measure anew what FILE has already")
    evaluate.set_defaults(run=_run)


def _counts(text: str) -> tuple[int, ...]:
    return tuple(sorted({_count(part) for part in text.split(",")}))


def _run(options: argparse.Namespace) -> int:
    from colorstudio.services.evaluation.charts import check_chart, write_chart
    from colorstudio.services.evaluation.comparing import comparable, read_result

    if options.plot is not None:
        check_chart(options.plot)
    compared = options.compare or []
    results = [read_result(path) for path in compared]  # what is wrong is told before the work
    names = [path.stem for path in compared]
    if options.folder is not None:
        results.insert(0, _measured(options))
        names.insert(0, "measured now")
    elif not results:
        raise UsageError("There is nothing to measure: give a folder of colour photos, or --compare.")
    if compared:
        results = comparable(results, names)
        print_comparison(results)
    if options.plot is not None:
        write_chart(options.plot, results)
    return EXIT_DONE


def _measured(options: argparse.Namespace) -> Result:
    """Measure the photos of a folder, and print what came of it."""
    from colorstudio.services.evaluation.comparing import Result, name_of
    from colorstudio.services.evaluation.evaluating import evaluate
    from colorstudio.services.evaluation.photos import photos_of
    from colorstudio.services.evaluation.protocols import PROTOCOLS
    from colorstudio.services.evaluation.record import Record

    published = PROTOCOLS.get(options.protocol)
    _refuse_contradictions(options, published)
    counts = options.counts or (published.hints.counts if published and published.hints else ())
    photos = photos_of(options.folder, options.limit)
    work = _work(options, published, counts)
    record = Record(
        work.settings,
        [photo.name for photo in photos],
        options.json,
        overwrite=options.overwrite,
        wanted=work.wanted,
    )
    record.tell(work.facts())
    _with_a_bar(len(photos), lambda token: evaluate(photos, work.measure, record, token))
    if options.timing and (time := work.time) is not None:
        _with_a_bar(len(photos), lambda token: time(photos, record, token))
    subject = " of ".join(filter(None, (options.method, work.settings["model"])))
    print(f"{subject} on {len(photos)} photos of {options.folder}, protocol {options.protocol}")
    figures = record.as_json()
    print_means(figures, counts)
    return Result(name_of(figures), figures)


def _with_a_bar(photos: int, work: Callable[[ProgressToken], None]) -> None:
    with bar(photos, "photo") as advance:
        token = ProgressToken(lambda fraction, stage: advance(stage, to=round(fraction * photos)))
        with cancelled_by_signals(token):
            work(token)


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
    if options.method == "scribbles" or name == "suggestions":
        what = "protocol suggestions" if name == "suggestions" else "method scribbles"
        for given, option in (
            (options.vividness is not None, "--vividness"),
            (options.smooth != "none", "--smooth"),
        ):
            if given:
                raise UsageError(f"The {what} takes no colours from a network: leave out {option}.")
    if protocol is None and (options.timing or options.plot is not None or options.compare):
        raise UsageError(
            f"The protocol {name} compares no pictures: leave out --timing, --plot and --compare."
        )


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


@dataclass(frozen=True)
class _Work:
    """What measures a photo, and all that its figures depend on; the other two are `Record`'s.

    `time` adds the seconds to a record, if pictures are measured.
    """

    measure: Measure
    settings: dict[str, Any]
    wanted: tuple[str, ...] = ()
    facts: Callable[[], dict[str, Any]] = dict
    time: Callable[[Sequence[Path], Record, ProgressToken], None] | None = None


def _work(options: argparse.Namespace, protocol: Protocol | None, counts: tuple[int, ...]) -> _Work:
    from colorstudio.networks.registry import find_model
    from colorstudio.services.devices import machine_words, resolve_device
    from colorstudio.services.evaluation.accuracy import THRESHOLDS
    from colorstudio.services.evaluation.complexity import complexity_of
    from colorstudio.services.evaluation.encoder_distance import EncoderDistance
    from colorstudio.services.evaluation.evaluating import Measuring, measure_of_colours, time_colouring
    from colorstudio.services.evaluation.locality import measure_of_locality
    from colorstudio.services.evaluation.methods import NetworkMethod
    from colorstudio.services.evaluation.suggestions import measure_of_suggestions

    settings: dict[str, Any] = {"protocol": options.protocol, "method": options.method}
    colorizer, of_network = (None, {"model": None}) if options.method == "scribbles" else _network(options)
    if options.protocol == "suggestions":
        assert colorizer is not None
        measure = measure_of_suggestions(colorizer, of_network["working_size_px"])
        return _Work(measure, settings | of_network)
    method, of_method = _method(options, colorizer, of_network)
    settings |= of_method
    if protocol is None:
        return _Work(measure_of_locality(method), settings)
    settings["saturation"] = options.saturation
    if counts:
        settings["counts"] = list(counts)
    as_default: Method | None = None
    if options.protocol == "auto" and isinstance(method, NetworkMethod) and options.vividness is None:
        settings["vividness_default"] = find_model(options.model).vividness
        as_default = method.with_vividness(settings["vividness_default"])
    encoder = EncoderDistance.of_default_model()

    def facts() -> dict[str, Any]:
        told: dict[str, Any] = {} if protocol.hints is not None else {"thresholds": list(THRESHOLDS)}
        if encoder is not None:
            told["encoder"] = encoder.name
        if colorizer is None:
            return told
        return told | complexity_of(find_model(options.model), colorizer, settings["working_size_px"])

    measuring = Measuring(options.saturation, encoder)
    measure = measure_of_colours(method, protocol, counts=counts, measuring=measuring, as_default=as_default)

    def time(photos: Sequence[Path], record: Record, token: ProgressToken) -> None:
        machine = machine_words("cpu" if colorizer is None else resolve_device(options.device))
        time_colouring(photos, method, protocol, record, machine, counts=counts, token=token)

    return _Work(measure, settings, measuring.keys(protocol), facts, time)


def _method(
    options: argparse.Namespace, colorizer: Colorizer | None, of_network: dict[str, Any]
) -> tuple[Method, dict[str, Any]]:
    """The method, and what its figures depend on."""
    from colorstudio.services.evaluation.methods import HybridMethod, NetworkMethod, ScribblesMethod
    from colorstudio.services.hybrid import DEFAULT_REACH

    weights = options.weights or "symmetric"
    if colorizer is None:
        return ScribblesMethod(weights), {"model": None, "weights": weights}
    vividness: float = options.vividness or 0.0
    settings: dict[str, Any] = {**of_network, "vividness": vividness}
    if options.smooth != "none":
        settings["smoothing"] = options.smooth
    size: int = settings["working_size_px"]
    if options.method == "network":
        method = NetworkMethod(colorizer, size, vividness=vividness, smoothing=options.smooth)
        return method, settings
    method = HybridMethod(colorizer, size, weights, vividness=vividness, smoothing=options.smooth)
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
