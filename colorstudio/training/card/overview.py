"""The comparison of all methods in `models/README.md`, from the figures beside their weights."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colorstudio.errors import TrainingError
from colorstudio.imaging.atomic import atomic_write
from colorstudio.networks.descriptor import DESCRIPTION_FILE
from colorstudio.training.card.facts import Facts, Json, read_facts
from colorstudio.training.card.tables import table

OVERVIEW = "README.md"
_SET = "imagenet-sample"
_HINTS = (1, 10)
_SECTION = re.compile(r"(<!-- generated: methods -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Method:
    """What no file beside the weights says of a method: how it is cited, and what it taught the field."""

    title: str
    year: int | None
    taught: str


METHODS = {
    "levin-2004": Method(
        "Levin et al.", 2004, "colour spreads where luminance does not change; a few strokes are enough"
    ),
    "iizuka-2016": Method("Iizuka et al.", 2016, "what the whole scene is helps each place in it"),
    "zhang-2016": Method(
        "Zhang et al.", 2016, "colour is a class, not a number; rare colours count more or all turns brown"
    ),
    "larsson-2016": Method(
        "Larsson et al.",
        2016,
        "features of all depths at each pixel; a histogram, from which a colour is read",
    ),
    "cnn-regression": Method("CNN, regression", 2016, "the mean of what is plausible is drab"),
    "cnn-classes": Method("CNN, classes", 2016, "a distribution in place of a mean"),
    "cnn-classes-weighted": Method(
        "CNN, weighted classes", 2016, "weights alone make rare colours, often wrong"
    ),
    "unet-classes": Method("U-Net, classes", 2016, "skip connections keep colours inside their outlines"),
    "unet-classes-weighted": Method(
        "U-Net, weighted classes", 2016, "outlines do more than the weights of classes"
    ),
    "cao-2017": Method("Cao et al.", 2017, "noise at several layers: many colourings of one photo"),
    "koalarization-2017": Method(
        "Baldassarre et al.", 2017, "a pretrained classifier tells what is in the picture"
    ),
    "zhang-2017": Method(
        "Zhang et al., user-guided", 2017, "hints as an input: the network learns to use them"
    ),
    "chromagan-2020": Method(
        "Vitoria et al., ChromaGAN", 2020, "a critic of realism and a sense of objects, learnt together"
    ),
    "mleu-regression": Method("Nguyen-Quynh et al., regression", 2020, "pretrained features at every level"),
    "mleu-classes": Method(
        "Nguyen-Quynh et al., classes", 2020, "pretrained features at every level, and a smoothed prior"
    ),
    "zaman-2020": Method(
        "Zaman", 2020, "a pretrained encoder with residual links; smoothing the chroma afterwards"
    ),
    "studio-2": Method(
        "ours", None, "strokes as hints and as constraints at once: each wins where the other loses"
    ),
}


def write_overview(models: Path) -> Path:
    """Bring the generated table of `models/README.md` up to date.

    Raises
    ------
    ModelError, TrainingError, PhotoWriteError
        A folder holds no model or a damaged file, or the text has no place for the table.
    """
    path = models / OVERVIEW
    text = path.read_text(encoding="utf-8")
    if len(_SECTION.findall(text)) != 1:
        raise TrainingError(
            f"{path} has no place for the table: put <!-- generated: methods --> and <!-- end -->."
        )
    content = overview([read_facts(folder.parent) for folder in sorted(models.glob(f"*/{DESCRIPTION_FILE}"))])
    written = _SECTION.sub(lambda section: f"{section[1]}{content}\n{section[2]}", text)
    with atomic_write(path) as stream:
        stream.write(written.encode())
    return path


@dataclass(frozen=True)
class _Row:
    """One line of the table: a model or a method without one, and its evaluations as far as there are any."""

    name: str
    method: Method
    facts: Facts | None
    automatic: Json | None
    hints: Json | None
    spread: Json | None


def overview(models: Sequence[Facts]) -> str:
    """The table, oldest first, and what it was measured on."""
    rows = [_row_of(facts) for facts in models]
    levin = _levin(models)
    if levin is not None:
        rows.append(_Row("levin-2004", METHODS["levin-2004"], None, None, None, levin))
    rows.sort(key=lambda row: (row.method.year or 9999, row.name))
    columns = [column for column in _COLUMNS if any(column[1](row) for row in rows)]
    cells = [[read(row) for _, read in columns] for row in rows]
    return "\n\n".join(
        filter(None, (_said_of(rows), table([title for title, _ in columns], cells), _notes(rows)))
    )


def _row_of(facts: Facts) -> _Row:
    model = facts.descriptor
    known = METHODS.get(model.name) or Method(
        model.title, getattr(model, "year", None) or None, model.description
    )
    automatic, hints, spread = (
        _whole(facts.evaluations.get(f"{_SET}{protocol}"))
        for protocol in ("", "-zhang2017-network", "-zhang2017-hybrid")
    )
    return _Row(model.name, known, facts, automatic, hints, spread)


def _levin(models: Sequence[Facts]) -> Json | None:
    for facts in models:
        for name, record in facts.evaluations.items():
            wanted = record.get("method") == "scribbles" and record.get("weights") == "levin"
            if wanted and name.startswith(f"{_SET}-zhang2017"):
                return _whole(record)
    return None


def _whole(record: Json | None) -> Json | None:
    return record if record is not None and "mean" in record else None


def _title(row: _Row) -> str:
    if row.facts is None:
        return row.method.title
    title = row.facts.descriptor.title
    cited = "" if row.method.title in title else f" ({row.method.title})"
    return f"[{title}]({row.name}/README.md){cited}"


def _fact(read: Callable[[Facts], str]) -> Callable[[_Row], str]:
    return lambda row: "" if row.facts is None else read(row.facts)


def _of_record(key: str, form: str, scale: float = 1.0) -> Callable[[_Row], str]:
    def read(row: _Row) -> str:
        value = None if row.automatic is None else row.automatic.get(key)
        return "" if value is None else format(value * scale, form)

    return read


def _mean(key: str, form: str, scale: float = 1.0) -> Callable[[_Row], str]:
    def read(row: _Row) -> str:
        value = None if row.automatic is None else row.automatic["mean"].get(key)
        return "" if value is None else format(value * scale, form)

    return read


def _gain(row: _Row) -> str:
    if row.automatic is None:
        return ""
    mean = row.automatic["mean"]
    return format(mean["psnr"] - mean["psnr_gray"], "+.2f")


def _hinted(count: int) -> Callable[[_Row], str]:
    return lambda row: _at_count(row.hints, count)


def _hinted_and_spread(count: int) -> Callable[[_Row], str]:
    return lambda row: _at_count(row.spread, count)


def _at_count(record: Json | None, count: int) -> str:
    if record is None or count not in record["counts"] or not _heeds_hints(record):
        return ""
    return format(record["mean"]["psnr"][record["counts"].index(count)], ".2f")


def _heeds_hints(record: Json) -> bool:
    """Whether they changed anything: an automatic method colours alike with and without."""
    psnr = record["mean"]["psnr"]
    return max(psnr) > min(psnr)


def _megabytes(facts: Facts) -> str:
    return f"{facts.descriptor.weights_path.stat().st_size / 1e6:.1f}"


_COLUMNS: list[tuple[str, Callable[[_Row], str]]] = [
    ("method", _title),
    ("year", lambda row: str(row.method.year or "")),
    ("parameters", _fact(lambda facts: f"{facts.descriptor.parameters / 1e6:.2f} M")),
    ("MB", _fact(_megabytes)),
    ("GFLOPs", _of_record("multiply_adds", ".2f", 1e-9)),
    ("seconds", _mean("seconds", ".3f")),
    ("PSNR", _mean("psnr", ".2f")),
    ("over gray", _gain),
    ("SSIM", _mean("ssim", ".4f")),
    ("AuC", _mean("auc", ".1f", 100)),
    ("balanced", _mean("auc_balanced", ".1f", 100)),
    ("dCF", _mean("dcf", ".1f")),
    *((f"{count} hint{'s' if count > 1 else ''}", _hinted(count)) for count in _HINTS),
    *((f"{count}, spread", _hinted_and_spread(count)) for count in _HINTS),
    ("what it taught", lambda row: row.method.taught),
]


def _said_of(rows: Sequence[_Row]) -> str:
    reference = _reference(rows)
    if reference is None:
        return ""
    photos, gray = len(reference["photos"]), reference["mean"]["psnr_gray"]
    return (
        f"{photos} photos of `{_SET}` at 256 x 256; gray has {gray:.2f} dB. PSNR in dB; AuC, raw accuracy "
        "and class-balanced, in %; all at a vividness of 0, and without hints where none are named. Hints "
        "are as in `zhang2017`: told to the network alone and, where it says *spread*, as in the studio: "
        "spread along the photo's edges, too. GFLOPs are multiply-adds of one pass."
    )


def _notes(rows: Sequence[_Row]) -> str:
    notes: list[str] = []
    machines = sorted(
        {row.automatic["machine"] for row in rows if row.automatic and "machine" in row.automatic}
    )
    if machines:
        notes.append(f"Seconds: the median photo, on {' and '.join(machines)}.")
    stale = sorted(row.name for row in rows if row.facts is not None and _is_stale(row.facts, row))
    if stale:
        notes.append(f"Measured with other weights than those here: {', '.join(stale)}.")
    usual = _files(_reference(rows))
    others = sorted({row.name for row in rows for record in _records(row) if _files(record) != usual})
    if others:
        notes.append(f"Measured on other photos: {', '.join(others)}.")
    return " ".join(notes)


def _is_stale(facts: Facts, row: _Row) -> bool:
    used: set[Any] = {record.get("model_sha256") for record in _records(row)}
    return bool(used - {facts.descriptor.weights_sha256})


def _reference(rows: Sequence[_Row]) -> Json | None:
    """The evaluation that the others are to be of the same photos as."""
    automatic = [row.automatic for row in rows if row.automatic is not None]
    return next(iter(automatic or [record for row in rows for record in _records(row)]), None)


def _records(row: _Row) -> list[Json]:
    return [record for record in (row.automatic, row.hints, row.spread) if record is not None]


def _files(record: Json | None) -> list[str]:
    return [photo["file"] for photo in record["photos"]] if record else []
