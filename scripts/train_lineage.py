#!/usr/bin/env python3
"""Train the networks of the lineage, each for the same time.

    python scripts/train_lineage.py --minutes 8 --data photos/ --out runs/lineage

Each recipe is tried for a minute, the photos of its stages are set to what it can be shown in its time, and
it is trained. A row that fails is reported, and the others go on. Called again, it goes on where it was: rows
that are done stay as they are, those that were cut short are resumed.

In OUT/NAME lie the recipe with its numbers of photos (NAME.toml), what was said (log.txt), the run, and in
`model` what came of it; OUT/lineage.json says how each row did.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from colorstudio.errors import ColorStudioError
from colorstudio.threads import configure_threads, usable_cores

# In the order of their years.
LINEAGE = (
    "iizuka-2016", "zhang-2016", "larsson-2016",
    "cnn-regression", "cnn-classes", "cnn-classes-weighted", "unet-classes", "unet-classes-weighted",
    "cao-2017", "koalarization-2017", "zhang-2017",
    "zaman-2020", "chromagan-2020", "mleu-regression", "mleu-classes",
)  # fmt: skip
_SUMMARY = "lineage.json"
_ROW = "row.json"
_LATE = 1.25  # of its time, after which a row is cut short


def main() -> int:
    options = _options()
    configure_threads()
    if options.row:
        return _train_row(options, options.row)
    names: list[str] = options.only or list(LINEAGE)
    options.out.mkdir(parents=True, exist_ok=True)
    running = _Running()
    signal.signal(signal.SIGTERM, running.stop)
    signal.signal(signal.SIGINT, running.stop)
    deadline = time.monotonic() + options.stop_after * 60
    failed: list[str] = []
    _decode_photos(options, names)
    with ThreadPoolExecutor(options.jobs) as rows:
        begun = {rows.submit(_row_process, options, name, running, deadline): name for name in names}
        for row in as_completed(begun):
            told = row.result()
            print(f"{begun[row]:24} {told['words']}", flush=True)
            if told["status"] == "failed":
                failed.append(begun[row])
            _write_summary(options.out, Path(begun[row]).stem, told)
    if failed:
        print(
            f"{len(failed)} of {len(names)} rows failed: {', '.join(failed)}. See log.txt in their folders."
        )
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, required=True, help="of training for each row")
    parser.add_argument("--data", type=Path, required=True, help="photos, or zip or tar shards of them")
    parser.add_argument("--out", type=Path, required=True, help="a folder for each row is made in it")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="recipes, or .toml files; else all rows")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="rows at a time, sharing the cores")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--encoder-weights", type=Path, metavar="FILE")
    parser.add_argument("--limit", type=int, metavar="N", help="use only the first N photos")
    parser.add_argument("--try-seconds", type=float, default=60.0, help="for which a recipe is tried")
    parser.add_argument(
        "--stop-after", type=float, default=float("inf"), metavar="M", help="minutes; what is left is resumed"
    )
    parser.add_argument("--models", type=Path, help="where models of rows that are done are put, by name")
    parser.add_argument("--row", help=argparse.SUPPRESS)  # what the script calls itself with
    return parser.parse_args()


# -- all rows ----------------------------------------------------------------------------------------------


class _Running:
    """The processes of the rows at work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self.stopped = False

    def run(self, command: list[str], environment: dict[str, str], log: Path) -> int:
        with log.open("ab") as said:
            with self._lock:
                if self.stopped:
                    return -signal.SIGTERM
                process = subprocess.Popen(
                    command, env=environment, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
                )
                self._processes.add(process)
            try:
                return process.wait()
            finally:
                with self._lock:
                    self._processes.discard(process)

    def stop(self, *_: object) -> None:
        """Have every row save what it has, and begin no other."""
        self.stopped = True
        for process in list(self._processes):
            process.terminate()


def _decode_photos(options: argparse.Namespace, names: list[str]) -> None:
    """Once for all rows that want the same."""
    from colorstudio.training.pool_file import kept_pool
    from colorstudio.training.recipe_file import load_recipe

    for name in names:
        with contextlib.suppress(ColorStudioError):  # the row itself will say it
            kept_pool(options.data, load_recipe(name).data, options.out, limit=options.limit)


def _row_process(
    options: argparse.Namespace, name: str, running: _Running, deadline: float
) -> dict[str, Any]:
    """Train a row in a process of its own, so that whatever happens to it happens to it alone."""
    folder = options.out / Path(name).stem
    folder.mkdir(parents=True, exist_ok=True)
    before = _told(folder)
    if before.get("status") == "done":
        return before
    left = (deadline - time.monotonic()) / 60
    if left <= 0 or running.stopped:
        return {"status": "waiting", "words": "not begun"}
    command = [sys.executable, os.fspath(Path(__file__).resolve()), "--row", name]
    for option in ("minutes", "data", "out", "device", "encoder_weights", "limit", "try_seconds", "models"):
        value = getattr(options, option)
        if value is not None:
            command += [f"--{option.replace('_', '-')}", str(value)]
    command += ["--stop-after", f"{left:.3f}"]
    threads = str(max(1, usable_cores() // options.jobs))
    environment = os.environ | {"OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
    status = running.run(command, environment, folder / "log.txt")
    if status == 0:
        return _told(folder)
    if running.stopped and status == -signal.SIGTERM:
        return {"status": "waiting", "words": "stopped before there was anything to save"}
    lines = (folder / "log.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    last = lines[-1] if lines else "it said nothing"
    return {"status": "failed", "words": f"FAILED ({status}): {last}"}


def _told(folder: Path) -> dict[str, Any]:
    """What a row says of itself; nothing if it did not come so far."""
    path = folder / _ROW
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _write_summary(out: Path, name: str, told: dict[str, Any]) -> None:
    path = out / _SUMMARY
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows[name] = told
    path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


# -- one row -----------------------------------------------------------------------------------------------


def _train_row(options: argparse.Namespace, name: str) -> int:
    try:
        told = _trained(options, name, options.out / Path(name).stem)
    except ColorStudioError as error:
        print(error, flush=True)
        return 1
    (options.out / Path(name).stem / _ROW).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


def _trained(options: argparse.Namespace, name: str, folder: Path) -> dict[str, Any]:
    import torch

    from colorstudio.cli.terminal import cancelled_by_signals
    from colorstudio.progress import ProgressToken
    from colorstudio.services.devices import resolve_device
    from colorstudio.training.planning import measure_pace, photos_in, with_photos
    from colorstudio.training.pool_file import kept_pool
    from colorstudio.training.pretrained import published_encoder_state
    from colorstudio.training.publishing import publish
    from colorstudio.training.recipe_file import load_recipe, recipe_path
    from colorstudio.training.running import needs_encoder, run_recipe
    from colorstudio.training.trainer import CHECKPOINT

    started = time.monotonic()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", usable_cores())))
    device = torch.device(resolve_device(options.device))
    recipe = load_recipe(name)
    pool = kept_pool(options.data, recipe.data, options.out, limit=options.limit)
    state = None
    if needs_encoder(recipe, resumed=False):
        state = published_encoder_state(options.encoder_weights)

    plan = folder / f"{recipe.name}.toml"
    if not plan.exists():
        scratch = folder / "tried"
        pace = measure_pace(
            recipe, pool, scratch, device=device, encoder_state=state, seconds=options.try_seconds
        )
        shutil.rmtree(scratch)
        text = recipe_path(name).read_text(encoding="utf-8")
        photos = photos_in(recipe.stages, pace, options.minutes)
        print(f"{photos} photos: {dataclasses.asdict(pace)}", flush=True)
        plan.write_text(with_photos(text, photos), encoding="utf-8")
    recipe = load_recipe(str(plan))

    resume = folder if (folder / CHECKPOINT).exists() else None
    left = options.minutes * _LATE - (_told(folder).get("minutes", 0.0) if resume else 0.0)
    left = max(min(left, options.stop_after - (time.monotonic() - started) / 60), 0.0)
    token = ProgressToken()
    with cancelled_by_signals(token):
        outcome = run_recipe(
            recipe,
            pool,
            folder,
            device=device,
            recipe_text=plan.read_text(encoding="utf-8"),
            command="colorstudio train recipe.toml --data photos/ --out run/",
            encoder_state=state,
            resume=resume,
            max_minutes=left,
            token=token,
            on_log=lambda line: print(json.dumps(line), flush=True),
        )
    progress = outcome.trainer.progress
    late = progress.minutes >= options.minutes
    done = outcome.trainer.finished or (late and not outcome.cancelled)
    if done and options.models is not None:
        publish(
            outcome.trainer.average.network,
            recipe.name,
            options.models / recipe.name,
            run=folder,
            working_size_px=recipe.working_size_px,
        )
    validations = [line for line in _log_lines(folder) if line["kind"] == "validation"]
    figures = {key: validations[-1][key] for key in validations[-1] if "psnr" in key} if validations else {}
    size = outcome.model.weights_path.stat().st_size
    words = f"{'done' if done else 'cut short'} at {outcome.done:.0%}, {progress.photos:,} photos"
    words += f" in {progress.minutes:.1f} min, {size / 1e6:.2f} MB"
    if figures:
        words += f", PSNR {figures['psnr']:.2f} (gray {figures['psnr_gray']:.2f})"
    return {
        "status": "done" if done else "cut short",
        "words": words,
        "photos": progress.photos,
        "minutes": round(progress.minutes, 2),
        "weights_bytes": size,
        **figures,
    }


def _log_lines(folder: Path) -> list[dict[str, Any]]:
    from colorstudio.training.provenance import LOG

    path = folder / LOG
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    )


if __name__ == "__main__":
    sys.exit(main())
