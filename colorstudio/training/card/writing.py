"""Writes a model card. What stands between two markers is new each time, the rest is left as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from colorstudio.errors import TrainingError
from colorstudio.imaging.atomic import atomic_write
from colorstudio.networks.descriptor import ModelDescriptor
from colorstudio.training.card import figures, history
from colorstudio.training.card.facts import Facts, read_facts
from colorstudio.training.card.tables import two_columns
from colorstudio.training.card.words import architecture_in_words

CARD = "README.md"

_NEW = """# {title}

{description}

<!-- generated: at-a-glance -->
<!-- end -->

## Terms

{licence}

## How it was trained

<!-- generated: training -->
<!-- end -->

### Learning curve

<!-- generated: learning-curve -->
<!-- end -->

### Data

<!-- generated: data -->
<!-- end -->

## Figures

<!-- generated: figures -->
<!-- end -->

<!-- generated: ablation -->
<!-- end -->

## What it does well, and what not

Nobody has looked at what it gives yet.
"""
_SECTION = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def write_card(folder: Path) -> Path:
    """Write the card of the model in `folder`, or bring the generated parts of it up to date.

    Raises
    ------
    ModelError, TrainingError, PhotoWriteError
        The folder holds no model, a file of it is damaged, the card has a section that nobody knows or one
        without an end, or it cannot be written.
    """
    facts = read_facts(folder)
    path = folder / CARD
    text = path.read_text(encoding="utf-8") if path.exists() else _new_card(facts)
    if text.count("<!-- generated: ") != len(_SECTION.findall(text)):
        raise TrainingError(
            f"{path} has a generated section without an end: put <!-- end --> on a line after it."
        )

    def written(section: re.Match[str]) -> str:
        begin, name, end = section.groups()
        write = _SECTIONS.get(name)
        if write is None:
            raise TrainingError(f"{path} has a section {name!r}; known are {', '.join(_SECTIONS)}.")
        try:
            content = write(facts)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise TrainingError(
                f"The section {name!r} of {path} cannot be written, a file in {folder} lacks something "
                f"({error!r}): make it anew, or remove it."
            ) from error
        return f"{begin}{content}\n{end}" if content else begin + end

    with atomic_write(path) as stream:
        stream.write(_SECTION.sub(written, text).encode())
    return path


def _new_card(facts: Facts) -> str:
    return _NEW.format(
        title=facts.descriptor.title,
        description=facts.descriptor.description,
        licence=facts.descriptor.licence or "Those of the photos that it learnt from, listed below.",
    )


def _at_a_glance(facts: Facts) -> str:
    model = facts.descriptor
    size = model.weights_path.stat().st_size
    vividness = f"{model.vividness:g} unless the user says otherwise, on a scale of 0 to 1"
    rows = {
        "architecture": _architecture(model.architecture, model.config),
        "outputs": _outputs(model),
        "working size": f"short side {model.working_size_px} px",
        **({"vividness": vividness} if model.has_distribution else {}),
        "weights": f"{size / 1e6:.1f} MB, {model.parameters / 1e6:.2f} million parameters; "
        "half precision, norms in single",
        "SHA-256": f"`{model.weights_sha256}`",
    }
    return two_columns(rows)


def _outputs(model: ModelDescriptor) -> str:
    if model.architecture == "hinted":
        return "a\\*b\\* at half the working size; a distribution over 313 bins of a\\*b\\* at a quarter"
    distribution = "; a distribution over 313 bins of a\\*b\\* at a quarter of the working size"
    return "a\\*b\\*" + (distribution if model.has_distribution else "")


def _architecture(name: str, config: dict[str, object]) -> str:
    if name != "hinted":
        return architecture_in_words(name, config)
    widths, blocks = config.get("widths"), config.get("attention_blocks")
    scales = {4: "four scales"}.get(len(widths) if isinstance(widths, list) else 0, "its scales")
    several = "" if blocks == 1 else "s"
    attention = f", {blocks} block{several} of attention at stride 16" if blocks else ""
    shape = f" (widths {', '.join(map(str, widths))})" if isinstance(widths, list) else ""
    return (
        "`hinted`: EfficientNet-Lite2 encoder of the luminance, "
        f"decoder with hints at {scales}{shape}{attention}"
    )


_SECTIONS: dict[str, Callable[[Facts], str]] = {
    "at-a-glance": _at_a_glance,
    "training": history.training,
    "learning-curve": history.learning_curve,
    "data": history.data,
    "figures": figures.figures,
    "ablation": figures.ablation,
}
