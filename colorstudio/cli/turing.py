"""`colorstudio turing`: real or coloured? A test of the networks on people."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colorstudio.cli.options import add_device_option, number, positive
from colorstudio.cli.terminal import (
    EXIT_DONE,
    EXIT_FAILED,
    bar,
    cancelled_by_signals,
    complain,
    percent_token,
)
from colorstudio.errors import UsageError

if TYPE_CHECKING:
    from colorstudio.services.turing.results import Results
    from colorstudio.services.turing.session import TuringSession

_ALL = "all"


def add_to(commands: Any) -> None:
    turing = commands.add_parser("turing", help="a test on people: which photo is real, which looks wrong?")
    turing.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="photos, best in colour")
    turing.add_argument(
        "--session",
        type=Path,
        metavar="FOLDER",
        help="where the test is kept (default: beside DIR); one that is there goes on",
    )
    turing.add_argument(
        "--kind",
        choices=("pairs", "single", "ranking"),
        help="which of two is real (default), does a photo look wrong, or models in order of naturalness",
    )
    turing.add_argument(
        "--models", type=_names, metavar="A,B,...", help="networks, or all (default: the usual one)"
    )
    turing.add_argument(
        "--photos", type=positive, metavar="N", help="how many, drawn by chance (default: 20; ranking: 10)"
    )
    turing.add_argument(
        "--control", action="store_true", default=None, help="mix gray pictures in, which should fool nobody"
    )
    turing.add_argument("--seed", type=number(0, 2**31, int), metavar="N", help="of all that is random")
    turing.add_argument("--participant", metavar="NAME", help="who answers")
    add_device_option(turing)
    turing.add_argument("--prepare", action="store_true", help="make the pictures and open no window")
    turing.add_argument("--report", action="store_true", help="print the results so far and open no window")
    turing.add_argument("--plot", type=Path, metavar="FILE", help="with --report: charts as PDF, PNG or SVG")
    turing.add_argument("--json", action="store_true", help="with --report: one JSON object")
    turing.set_defaults(run=_run)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _run(options: argparse.Namespace) -> int:
    from colorstudio.services.turing.session import read_session

    if options.report and (options.prepare or options.participant):
        raise UsageError("--report opens no window and prepares nothing: leave out the other options.")
    if not options.report and (options.plot or options.json):
        raise UsageError("--plot and --json are for results: add --report.")
    if options.prepare and options.participant:
        raise UsageError("--prepare opens no window for a participant: leave out --participant.")
    if options.models == (_ALL,):
        from colorstudio.networks.registry import list_models

        options.models = tuple(model.name for model in list_models())
    folder = _session_folder(options)
    if options.report:
        return _report(read_session(folder), options)
    reason = ""
    if not options.prepare:
        from colorstudio.gui.display import why_no_window

        reason = why_no_window()
    session = _prepared(options, folder)
    if options.prepare:
        print(f"Ready: {_summary(session)}. Start it with: colorstudio turing --session {folder}")
        return EXIT_DONE
    if reason:
        complain(f"{reason} The pictures are ready; --prepare and --report need no window.")
        return EXIT_FAILED
    from colorstudio.gui.app import main_turing

    return main_turing(session.folder, options.participant or "")


def _session_folder(options: argparse.Namespace) -> Path:
    from colorstudio.services.turing.beginning import usual_folder

    if options.session is not None:
        return options.session
    if options.folder is None:
        raise UsageError("Give a folder of photos, or the --session of a test that is there already.")
    return usual_folder(options.folder, options.kind or "pairs")


def _prepared(options: argparse.Namespace, folder: Path) -> TuringSession:
    """The test that is there, or a new one, with all its pictures."""
    from colorstudio.services.turing.session import holds_session, read_session

    with bar(100, "%") as advance:
        token = percent_token(advance)
        with cancelled_by_signals(token):
            if holds_session(folder):
                session = read_session(folder)
                _refuse_other_wishes(options, session)
            else:
                session = _begin(options, folder, token.part(0.0, 0.1))
            _make_pictures(session, options.device, token.part(0.1, 1.0))
    return session


def _refuse_other_wishes(options: argparse.Namespace, session: TuringSession) -> None:
    """A test that is there does not change: options that would have it otherwise are an error."""
    wished = {
        "--kind": (options.kind, session.kind),
        "--models": (options.models and set(options.models), {model.name for model in session.models}),
        "--control": (options.control, session.control),
        "--seed": (options.seed, session.seed),
    }
    if options.photos is not None and options.photos < len(session.photos):
        wished["--photos"] = (options.photos, len(session.photos))
    differing = [name for name, (wish, there) in wished.items() if wish is not None and wish != there]
    if differing:
        raise UsageError(
            f"The test in {session.folder} was prepared otherwise (differing: {', '.join(differing)}): leave "
            "these options out to go on with it, or give another --session."
        )


def _begin(options: argparse.Namespace, folder: Path, token: Any) -> TuringSession:
    from colorstudio.networks.registry import find_model
    from colorstudio.services.turing.beginning import Wishes, begin
    from colorstudio.services.turing.session import Contestant

    if options.folder is None:
        raise UsageError(f"There is no Turing test in {folder} yet: give a folder of photos, too.")
    models = tuple(
        Contestant(model.name, model.title, model.weights_sha256)
        for model in map(find_model, options.models or ("",))
    )
    wishes = Wishes(options.kind or "pairs", models, options.photos, bool(options.control), options.seed)
    begun = begin(folder, options.folder, wishes, token)
    for note in begun.notes:
        print(note, file=sys.stderr)
    return begun.session


def _make_pictures(session: TuringSession, device: str, token: Any) -> None:
    if not session.missing():
        return
    from colorstudio.networks.registry import find_model
    from colorstudio.services.colorizing import ColorizingService
    from colorstudio.services.turing.preparing import check_weights, make_pictures

    check_weights(session, {model.name: find_model(model.name).weights_sha256 for model in session.models})
    service = ColorizingService()
    make_pictures(
        session,
        lambda document, token: service.colorize(document, device=device, token=token).chroma,
        token,
    )


def _report(session: TuringSession, options: argparse.Namespace) -> int:
    from colorstudio.services.turing.answers import read_answers
    from colorstudio.services.turing.results import results_of

    results = results_of(session, read_answers(session))
    if options.plot is not None:
        from colorstudio.services.turing.charts import write_charts

        write_charts(results, options.plot)
    if options.json:
        print(json.dumps(results.as_json()))
        return EXIT_DONE
    people = _count(len(results.participants), "participant")
    print(f"{_summary(session)}; {people}, {_count(results.answers, 'answer')}")
    _print_sources(results)
    _print_participants(results)
    if results.damaged:
        complain(f"{_count(results.damaged, 'damaged line')} of {session.answers_path} left out.")
    return EXIT_DONE


def _summary(session: TuringSession) -> str:
    models = ", ".join(model.name for model in session.models)
    return f"{session.folder}: {session.kind}, {_count(len(session.photos), 'photo')}, {models}"


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _print_sources(results: Results) -> None:
    width = max(len(row.title) for row in results.sources)
    if results.kind == "ranking":
        print(f"  {'':{width}}  mean rank   95 % interval   over average   put first   rankings")
        for row in results.sources:
            if row.rank is not None and row.strength is not None:
                between = f"{row.rank.low:4.2f} to {row.rank.high:4.2f}"
                print(
                    f"  {row.title:{width}}  {row.rank.value:9.2f}   {between}"
                    f"   {row.strength.value:12.0%}   {row.first:9d}   {row.answers:8d}"
                )
        return
    real = "taken for real" if results.kind == "pairs" else "judged natural"
    print(f"  {'':{width}}  {real}   95 % interval     answers   median time")
    for row in results.sources:
        if row.real is not None and row.seconds is not None:
            print(
                f"  {row.title:{width}}  {row.real.value:14.1%}   {row.real.low:5.1%} to {row.real.high:6.1%}"
                f"   {row.answers:7d}   {row.seconds:9.1f} s"
            )


def _print_participants(results: Results) -> None:
    for row in results.participants:
        fooled = f", fooled by {row.fooled.value:.0%} of the coloured ones" if row.fooled is not None else ""
        print(f"  {row.name}: {row.answers} of {results.questions}{fooled}, {row.seconds:.1f} s an answer")
