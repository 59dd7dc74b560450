"""Sections of the model card with measured figures: those of `colorstudio evaluate`, and of an ablation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from colorstudio.networks.descriptor import ModelDescriptor
from colorstudio.training.card.facts import Facts, Json
from colorstudio.training.card.tables import table

_NO_SETTINGS = {
    "protocol", "method", "model", "model_sha256", "counts", "photos", "mean", "machine", "parameters",
    "weights_bytes", "multiply_adds", "encoder", "thresholds",
}  # fmt: skip
_USUAL = {"saturation": 1.0, "weights": "symmetric", "reach": 0.3}
_NAMES = {
    "psnr": "PSNR", "psnr_gray": "gray", "ssim": "SSIM", "colourfulness_true": "true", "dcf": "dCF",
    "psnr_ten_hints": "PSNR, ten hints", "psnr_vivid": "PSNR, vivid",
    "colourfulness_vivid": "its colourfulness", "psnr_distribution": "PSNR, mean of the distribution",
}  # fmt: skip
_ORDER = {"auto": 0, "zhang2017": 1, "icolorit": 2}  # the others come after them
_METHODS = ("network", "scribbles", "hybrid")


@dataclass(frozen=True)
class _Measured:
    """The record of an evaluation, what its photos are called, and what is unusual about its settings."""

    photos: str
    settings: str
    record: Json

    def named(self, name: str) -> str:
        return ", ".join(filter(None, (name, self.settings)))


def figures(facts: Facts) -> str:
    """Tables of every evaluation that is complete, protocol by protocol."""
    complete = {name: record for name, record in facts.evaluations.items() if "mean" in record}
    records = dict(pair for name, record in complete.items() for pair in _by_vividness(name, record))
    sets = _sets(records)
    parts: list[str] = []
    protocols = {record["protocol"] for record in records.values()}
    for protocol in sorted(protocols, key=lambda name: (_ORDER.get(name, len(_ORDER)), name)):
        chosen = {name: record for name, record in records.items() if record["protocol"] == protocol}
        settings = {name: _unusual(record, facts.descriptor) for name, record in chosen.items()}
        shared = {
            key: value
            for values in settings.values()
            for key, value in values.items()
            if all(record.get(key, value) == value for record in chosen.values())
        }
        measured = [
            _Measured(sets[name], _said(settings[name], but=shared), record)
            for name, record in chosen.items()
        ]
        if protocol == "auto":
            parts.append(_automatic(measured))
        elif "counts" in measured[0].record:
            parts.append(_with_hints(protocol, measured))
        else:
            parts.append(_others(protocol, measured))
        if shared:
            parts.append(f"All with {_said(shared)}.")
    stale = sorted(
        name
        for name, record in records.items()
        if record.get("model_sha256") not in (None, facts.descriptor.weights_sha256)
    )
    if stale:
        parts.append(f"Measured with other weights than those here: {', '.join(stale)}.")
    return "\n\n".join(parts)


def _by_vividness(name: str, record: Json) -> list[tuple[str, Json]]:
    """A record, and as one of its own what it measured at the default beside it, if that is another."""
    mean = {key: value for key, value in record.items() if key != "vividness_default"}
    default = record.get("vividness_default")
    if default is None or default == record["vividness"]:
        return [(name, mean)]

    def at_default(row: Json) -> Json:
        # Figures that were measured at one vividness alone say nothing of the other.
        of_photo = {key: row[key] for key in row if key == "file" or key.endswith(("_gray", "_true"))}
        ending = "_default"
        return of_photo | {key.removesuffix(ending): row[key] for key in row if key.endswith(ending)}

    vivid = mean | {
        "vividness": default,
        "photos": [at_default(row) for row in record["photos"]],
        "mean": at_default(record["mean"]),
    }
    return [(name, mean), (f"{name}-default", vivid)]


def _sets(records: dict[str, Json]) -> dict[str, str]:
    """What the photos of each record are called: the shortest name among the records of the same photos."""
    photos = {name: tuple(row["file"] for row in record["photos"]) for name, record in records.items()}
    names: dict[tuple[str, ...], str] = {}
    for name in sorted(photos, key=len):
        names.setdefault(photos[name], name.split(f"-{records[name]['protocol']}")[0])
    return {name: names[files] for name, files in photos.items()}


def _unusual(record: Json, model: ModelDescriptor) -> Json:
    """The settings of a record that are not what the studio does by itself."""
    usual = {**_USUAL, "working_size_px": model.working_size_px}
    return {
        key: value
        for key, value in record.items()
        if key not in _NO_SETTINGS and value is not None and usual.get(key) != value
    }


def _said(settings: Json, but: Collection[str] = ()) -> str:
    return ", ".join(
        f"{key.replace('_', ' ')} {format(value, 'g') if isinstance(value, float) else value}"
        for key, value in sorted(settings.items())
        if key not in but
    )


# Titles, keys of figures and how they are written.
_Columns = Sequence[tuple[str, str, str]]
_PICTURES: _Columns = (
    ("photos", "photos", "d"),
    ("gray", "psnr_gray", ".2f"),
    ("PSNR", "psnr", ".2f"),
    ("gain", "gain", "+.2f"),
    ("RMSE", "rmse", ".2f"),
    ("SSIM", "ssim", ".4f"),
    ("colourfulness", "colourfulness", ".1f"),
    ("true", "colourfulness_true", ".1f"),
    ("dCF", "dcf", ".1f"),
    ("seconds", "seconds", ".3f"),
)
_COLOURS: _Columns = (
    ("AuC", "auc", ".1%"),
    ("gray", "auc_gray", ".1%"),
    ("balanced", "auc_balanced", ".1%"),
    ("gray", "auc_balanced_gray", ".1%"),
    ("encoder distance", "encoder_distance", ".3f"),
    ("gray", "encoder_distance_gray", ".3f"),
)


def _automatic(measured: Sequence[_Measured]) -> str:
    """One row a set, and one for all photos that were measured in the same way."""
    rows: list[tuple[str, Json]] = []
    for settings in sorted({one.settings for one in measured}):
        group = [one for one in measured if one.settings == settings]
        rows += [(one.named(one.photos), _means(one.record["photos"])) for one in group]
        if len(group) > 1:
            photos = [row for one in group for row in one.record["photos"]]
            rows.append((group[0].named("together"), _means(photos)))
    words = (
        "`colorstudio evaluate DIR`, protocol `auto` (256 x 256, RGB PSNR in dB), per photo in "
        '`evaluation/`. "Gray" is the same photos without any colour.'
    )
    records = [one.record for one in measured]
    parts = [words, _filled(_PICTURES, rows), _costs(records)]
    colours = _filled(_COLOURS, rows)
    if colours:
        parts += [_words_on_colours(records), colours]
    return "\n\n".join(filter(None, parts))


def _means(photos: Sequence[Json]) -> Json:
    """Means of the figures that all photos have; of the seconds it is the median, as in the records."""
    shared: dict[str, list[Any]] = {key: [photo.get(key) for photo in photos] for key in photos[0]}
    figures = {
        key: values
        for key, values in shared.items()
        if all(isinstance(value, int | float) for value in values)
    }
    means: Json = {
        key: float((np.median if key == "seconds" else np.mean)(values)) for key, values in figures.items()
    }
    return means | {
        "photos": len(photos),
        "gain": means["psnr"] - means["psnr_gray"],
        "dcf": abs(means["colourfulness"] - means["colourfulness_true"]),
    }


def _filled(columns: _Columns, rows: Sequence[tuple[str, Json]]) -> str:
    """A table without the columns of figures that nobody measured; none at all if that is all of them."""
    kept = [column for column in columns if any(column[1] in means for _, means in rows)]
    if not kept:
        return ""

    def cell(means: Json, key: str, form: str) -> str:
        return format(means[key], form).replace("%", " %") if key in means else ""

    return table(
        ["set", *(title for title, _, _ in kept)],
        [[name, *(cell(means, key, form) for _, key, form in kept)] for name, means in rows],
    )


def _costs(records: Sequence[Json]) -> str:
    """What colouring a photo costs, as far as the records say."""

    def said(key: str, scale: float, unit: str) -> str:
        values = sorted({record[key] for record in records if key in record})
        return f"{' or '.join(f'{value / scale:.2f}' for value in values)} {unit}" if values else ""

    costs = [
        said("parameters", 1e6, "million parameters"),
        said("multiply_adds", 1e9, "billion multiply-adds a photo"),
    ]
    machines = sorted({record["machine"] for record in records if "machine" in record})
    seconds = f"Seconds: the median photo, on {' and '.join(machines)}." if machines else ""
    told = ", ".join(filter(None, costs))
    return " ".join(filter(None, (f"{told}." if told else "", seconds)))


def _words_on_colours(records: Sequence[Json]) -> str:
    encoders = sorted({record["encoder"] for record in records if "encoder" in record})
    words = (
        "How near the a\\*b\\* of each pixel comes to the true one: the area under the curve of raw accuracy "
        "(AuC), and balanced, where rare colours count as much as common ones; beside each, the same photos "
        "without any colour."
    )
    if encoders:
        words += (
            f" Encoder distance is between the features that {' or '.join(encoders)} has of both pictures: "
            "less is nearer."
        )
    return words


def _with_hints(protocol: str, measured: Sequence[_Measured]) -> str:
    """For each set a table of PSNR over the number of hints, a row a method."""
    by_set: dict[tuple[str, tuple[int, ...]], list[_Measured]] = {}
    for one in measured:
        by_set.setdefault((one.photos, tuple(one.record["counts"])), []).append(one)
    words = (
        f"`colorstudio evaluate DIR --protocol {protocol} --method hybrid` and so on: mean PSNR in dB over "
        "the number of hints, for the network alone, for hints spread without it (Levin et al. 2004, with "
        "symmetric weights where no others are named), and for both, which is what the studio does with "
        "strokes."
    )
    parts = [f"### Hints as in `{protocol}`", words]
    for (name, counts), group in sorted(by_set.items(), key=lambda item: item[0]):
        group.sort(key=lambda one: (_METHODS.index(one.record["method"]), one.settings))
        curves = [(one, one.record["mean"]["psnr"]) for one in group]
        rows = [[one.named(one.record["method"]), *_decibels(curve)] for one, curve in curves]
        first_of = {one.record["method"]: np.array(curve) for one, curve in reversed(curves)}
        if len(first_of) == len(_METHODS):
            gain = first_of["hybrid"] - np.maximum(first_of["network"], first_of["scribbles"])
            rows.append(["hybrid, over the better of the two", *_decibels(gain, "+z.2f")])
        first = group[0].record
        photos = f"{name}, {len(first['photos'])} photos, gray {first['mean']['psnr_gray']:.2f}"
        parts.append(table([photos, *map(str, counts)], rows))
    return "\n\n".join(parts)


def _decibels(values: Iterable[float], form: str = ".2f") -> list[str]:
    return [format(value, form) for value in values]


_WORDS = {
    "suggestions": (
        "How often the true colour is within 10 Delta E of one that is suggested, at 50 places a photo: of "
        "the likeliest, of one of the best five, and of gray, which tells how hard the photos are."
    ),
    "locality": (
        "Up to four things a photo, each painted in another colour on its own. In Delta E: how far the "
        "colours are from the wanted one at the hint and all over the thing, with the hint and before, and "
        "how far they moved outside of it; then the share of pixels there, and of those there of unlike "
        "colour, that moved visibly (2.3 Delta E)."
    ),
}
_SHARES = {"hit_best", "hit_5", "hit_gray", "outside_visible", "unlike_visible"}


def _others(protocol: str, measured: Sequence[_Measured]) -> str:
    """A protocol with some figures a photo: one row a record."""
    means = [one.record["mean"] for one in measured]
    keys: list[str] = list(dict.fromkeys(key for mean in means for key in mean))
    header = ["set", "method", "photos", *map(_title, keys)]
    rows = [
        [
            one.named(one.photos),
            one.record.get("method", ""),
            f"{len(one.record['photos'])}",
            *(_figure(key, mean) for key in keys),
        ]
        for one, mean in zip(measured, means, strict=True)
    ]
    words = " ".join(
        filter(None, (f"`colorstudio evaluate DIR --protocol {protocol}`.", _WORDS.get(protocol)))
    )
    return f"### {protocol.capitalize()}\n\n{words}\n\n{table(header, rows)}"


def _title(key: str) -> str:
    return _NAMES.get(key, key.replace("_", " "))


def _figure(key: str, figures: Json) -> str:
    value = figures.get(key)
    if value is None:
        return ""
    return f"{value * 100:.1f} %" if key in _SHARES else f"{value:.2f}"


def ablation(facts: Facts) -> str:
    """A table of runs that differ in one thing each."""
    runs = facts.ablation
    if runs is None:
        return ""
    seen: list[str] = list(dict.fromkeys(key for run in runs for key in run["figures"]))
    telling = [
        key for key in seen if len({_figure(key, run["figures"]) for run in runs}) > 1 or len(runs) == 1
    ]
    header = ["run", "change", *map(_title, telling)]
    rows = [[run["name"], run["change"], *(_figure(key, run["figures"]) for key in telling)] for run in runs]
    shown = " and ".join(f"{photos:,}" for photos in dict.fromkeys(run["photos"] for run in runs))
    words = f"Short runs of {shown} photos, measured on photos held out; each changes the first as it says."
    return f"### What each choice is worth\n\n{words}\n\n{table(header, rows)}"
