"""Sections of the model card that say how a network was trained, and on what."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from colorstudio.networks.registry import ARCHITECTURES
from colorstudio.training.card.facts import Facts, Json
from colorstudio.training.card.tables import in_words, table, two_columns
from colorstudio.training.card.words import teaching_in_words
from colorstudio.training.pretrained import ENCODER_FILE
from colorstudio.training.recipe import AgingRecipe, HintRecipe, LossRecipe, OptimizerRecipe, Recipe, Stage
from colorstudio.training.teachers import TEACHERS, teacher_class

_MOST_CHECKPOINTS = 10  # rows of the learning curve
_MOST_SOURCES = 60

_ENCODER = {
    "frozen": "encoder as it comes",
    "tail": "the encoder's deep half (strides 16 and 32) learning",
    "full": "all of the encoder learning",
}

# What a setting that is above zero says. One that is not here goes by its name.
_AGING = {
    "contrast": "contrast down by up to {:.0%}",
    "fading": "fading up to {:.0%}",
    "gamma": "gamma e^±{:g}",
    "grain": "grain up to {:g} L\\*",
    "blur_px": "blur up to {:g} px",
    "clumps": "clumped grain up to {:g} L\\*",
    "film": "{:.0%} on film blind to red",
    "harshness": "contrast up by up to {:.0%}",
    "unevenness": "uneven tone up to {:.0%}",
    "stains": "{:.0%} stained",
    "scratches": "{:.0%} scratched",
    "dust": "{:.0%} dusty",
    "borders": "{:.0%} with borders",
    "compression": "{:.0%} coarsely compressed",
}
_HINTS = {
    "none": "{:.0%} of the photos without",
    "mean_count": "else {:g} on average",
    "most": "at most {:g}",
    "strokes": "{:.0%} of them strokes",
    "dense": "{:.0%} of the photos hinted all over",
    "bend": "strokes that bend by {:g} a dab",
    "near_edges": "{:.0%} near edges of colour",
    "off": "colours off by {:g}",
    "recoloured": "in {:.0%} of the photos a thing of another colour",
}


def training(facts: Facts) -> str:
    """The command, and a table of everything that decided what came of it."""
    rows = {
        **_recipe_rows(facts),
        **_run_rows(facts),
        **_data_row(facts.data),
    }
    if facts.recipe:
        kind = facts.recipe.architecture
        imitated = kind in TEACHERS and teacher_class(kind).imitates_hints
        rows |= _method_rows(facts.recipe, has_hints=imitated and facts.descriptor.takes_hints)
    command = f"```sh\n{facts.run['command']}\n```\n\n" if facts.run is not None else ""
    percent = {name: re.sub(r"(?<=\d)%", " %", words) for name, words in rows.items()}
    return command + two_columns(percent) if rows else ""


def _recipe_rows(facts: Facts) -> dict[str, str]:
    recipe = facts.recipe
    if recipe is None:
        return {}
    return {
        "recipe": f"`recipe.toml`, seed {recipe.seed}",
        "stages": "; then ".join(_stage(stage, recipe.architecture) for stage in recipe.stages),
    }


def _stage(stage: Stage, architecture: str) -> str:
    shown = f"{stage.photos:,} photos at {stage.size_px} px in batches of {stage.batch}"
    if architecture != "hinted":  # has no encoder that learns by itself
        return f"{shown}, rate {stage.learning_rate:g}"
    learns = "" if stage.encoder == "frozen" else f" at {stage.encoder_learning_rate:g}"
    return f"{shown}, rate {stage.learning_rate:g}, {_ENCODER[stage.encoder]}{learns}"


def _run_rows(facts: Facts) -> dict[str, str]:
    rows: dict[str, str] = {}
    if facts.log:
        last = facts.log[-1]
        rows["shown"] = f"{last['photos']:,} photos, counting repeats"
        if facts.data:
            each = last["photos"] / max(facts.data["photos"] - facts.data["held_out"], 1)
            rows["shown"] += f": each {each:.1f} times"
        rows["minutes"] = format(last["minutes"], ".0f" if last["minutes"] > 10 else ".1f")
    if facts.run is not None:
        rows["start"] = _start(facts.recipe)
    sessions = facts.run["sessions"] if facts.run is not None else []
    if sessions:
        rows["time budget"] = in_words([_budget(session) for session in sessions])
        rows["hardware"] = in_words(list(dict.fromkeys(_hardware(session) for session in sessions)))
    if len(sessions) > 1:
        at = [f"{session['photos']:,}" for session in sessions[1:]]
        rows["resumed"] = f"after {in_words(at)} photos; steps are the same either way"
    if facts.run is not None and "versions" in facts.run:
        rows["made with"] = ", ".join(f"{name} {of}" for name, of in facts.run["versions"].items())
    return rows


def _start(recipe: Recipe | None) -> str:
    architecture = ARCHITECTURES.get(recipe.architecture) if recipe else None
    if architecture is not None and not architecture.network_class().starts_published:
        return "from the seed"
    return f"the encoder from its ImageNet weights (`{ENCODER_FILE}`), all else from the seed"


def _budget(session: Json) -> str:
    minutes = session["budget_minutes"]
    return "none, to the end of the recipe" if minutes is None else f"{minutes:g} minutes"


def _hardware(session: Json) -> str:
    return f"{session['hardware']} ({session['precision']})"


def _data_row(data: Json | None) -> dict[str, str]:
    if data is None:
        return {}
    return {
        "data": f"{data['photos']:,} photos, short side {data['short_side_px']} px; {data['held_out']:,} of "
        "them held out by a hash of the name; SHA-256 over all files "
        f"`{data['sha256']}`"
    }


def _method_rows(recipe: Recipe, *, has_hints: bool) -> dict[str, str]:
    turned = recipe.data.rotation_degrees
    rows = {
        "crops": f"{recipe.data.smallest_crop:.0%} to 100% of the short side, flipped half of the time"
        + (f", turned by up to {turned:g} degrees" if turned else ""),
        "ageing": _aging(recipe.aging),
        "hints": _hints(recipe.hints),
        "losses": _loss(recipe.loss),
    }
    if recipe.architecture != "hinted":
        rows["losses"] = teaching_in_words(recipe)
    if not has_hints:
        del rows["hints"]
    for number, stage in enumerate(recipe.stages, 1):
        said = {
            "ageing": stage.aging and _aging(stage.aging),
            "hints": _hints(stage.hints) if stage.hints and has_hints else None,
            "losses": _loss(stage.loss) if stage.loss and recipe.architecture == "hinted" else None,
        }
        rows |= {f"{name}, stage {number}": words for name, words in said.items() if words}
    decay = recipe.encoder_rate_decay
    by_depth = f"; the encoder's rates fall by {decay:g} a stage towards its input" if decay != 1 else ""
    rows["optimiser"] = (
        f"{_optimizer(recipe.optimizer)}, gradients clipped at {recipe.clip_gradient:g}; rates fall by "
        f"a cosine to {in_words([f'{stage.final_rate:.0%}' for stage in recipe.stages])}{by_depth}; averaged "
        f"weights ({recipe.ema:g}) are what ships"
    )
    return rows


def _optimizer(recipe: OptimizerRecipe) -> str:
    name = {"adamw": "AdamW", "adam": "Adam", "adadelta": "Adadelta", "sgd": "SGD"}[recipe.kind]
    momentum = f", momentum {recipe.momentum:g}" if recipe.kind == "sgd" else ""
    return f"{name}, decay {recipe.weight_decay:g}{momentum}"


def _said(part: Any, words: Mapping[str, str], without: tuple[str, ...] = ()) -> str:
    """The settings of a part of the recipe that are not zero."""
    values = {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
    return ", ".join(
        words.get(name, f"{name.replace('_', ' ')} {{:g}}").format(value)
        for name, value in values.items()
        if value and name not in without and not isinstance(value, str)
    )


def _aging(recipe: AgingRecipe) -> str:
    if not recipe.probability:
        return "none"
    return f"{recipe.probability:.0%} of the photos: {_said(recipe, _AGING, ('probability',))}"


def _hints(recipe: HintRecipe) -> str:
    return _said(recipe, _HINTS)


def _loss(recipe: LossRecipe) -> str:
    kind = {"smooth_l1": "smooth L1", "mse": "squared error"}[recipe.regression_kind]
    vivid = f", {recipe.vividness:g} more weight per 50 units of chroma" if recipe.vividness else ""
    parts = [f"{kind} of a\\*b\\* (beta {recipe.smooth_l1_beta:g}{vivid}), weight {recipe.regression:g}"]
    if recipe.classification:
        parts.append(
            f"cross entropy over 313 bins on {recipe.sampled_cells:.0%} of the cells, soft encoding, "
            f"rebalanced (smoothed prior, uniform part {recipe.rebalancing_uniform:g}, exponent "
            f"{recipe.rebalancing_exponent:g}), weight {recipe.classification:g}"
        )
    done = ("regression", "smooth_l1_beta", "vividness", "classification", "sampled_cells")
    others = _said(recipe, {}, (*done, "rebalancing_uniform", "rebalancing_exponent"))
    return "; ".join([*parts, others] if others else parts)


# -- learning curve ----------------------------------------------------------------------------------------

_CURVE = {
    "photos": ("photos shown", ",.0f"),
    "stage": ("stage", ".0f"),
    "minutes": ("minutes", ".0f"),
    "psnr_gray": ("gray", ".2f"),
    "psnr": ("no hint", ".2f"),
    "psnr_ten_hints": ("ten hints", ".2f"),
    "psnr_distribution": ("mean of the distribution", ".2f"),
    "psnr_vivid": ("vivid", ".2f"),
    "colourfulness": ("colourfulness", ".1f"),
    "colourfulness_vivid": ("colourfulness, vivid", ".1f"),
    "colourfulness_true": ("colourfulness, true", ".1f"),
}
_NOT_SHOWN = {"kind", "step", "photos_in_stage"}


def learning_curve(facts: Facts) -> str:
    """A short table of the validations: the first, the last, and some between."""
    lines = facts.validations()
    if not lines:
        return ""
    stages = len(facts.recipe.stages) if facts.recipe else lines[-1]["stage"] + 1
    count = min(len(lines), _MOST_CHECKPOINTS)
    chosen = [lines[round(i * (len(lines) - 1) / max(count - 1, 1))] for i in range(count)]
    known = [key for key in _CURVE if key in chosen[-1]]
    others = [key for key in chosen[-1] if key not in _CURVE and key not in _NOT_SHOWN]
    header = [_CURVE[key][0] for key in known] + [key.replace("_", " ") for key in others]
    rows = [
        [_cell({**line, "stage": min(line["stage"] + 1, stages)}, key) for key in [*known, *others]]
        for line in chosen
    ]
    words = (
        "On held-out photos (at most 192, centred crops at 192 px), PSNR in dB; "
        "the whole log is `metrics.jsonl`."
    )
    return f"{words}\n\n{table(header, rows)}"


def _cell(line: Json, key: str) -> str:
    return format(line[key], _CURVE.get(key, ("", ".2f"))[1]) if key in line else ""


# -- data --------------------------------------------------------------------------------------------------


def data(facts: Facts) -> str:
    """Every file that photos were taken of."""
    if facts.data is None:
        return ""
    sources = facts.data["sources"]
    rows = [
        [f"`{source['file']}`", f"{source['photos']:,}", f"{source['held_out']:,}", f"`{source['sha256']}`"]
        for source in sources[:_MOST_SOURCES]
    ]
    more = len(sources) - _MOST_SOURCES
    rest = f"\n\nAnd {more:,} more, in `data.json`." if more > 0 else ""
    return table(("file", "photos", "held out", "SHA-256"), rows) + rest
