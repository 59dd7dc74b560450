"""A recipe: everything that decides what a training run gives, as a TOML file."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class DataRecipe:
    """Which files of the data folder are read; patterns are matched against names relative to it."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ("eval/*",)
    short_side_px: int = 160  # larger photos are held in memory at this size
    held_out_share: float = 0.01  # chosen by a hash of the photo's name
    smallest_crop: float = 0.6  # side of a crop as a share of the photo's short side, to 1
    rotation_degrees: float = 0.0  # crops are turned by up to so much, either way


@dataclass(frozen=True)
class AgingRecipe:
    """How often and how much photos are made to look old. Shares are of the aged photos.

    Attributes
    ----------
    probability
        Share of all photos that are aged.
    contrast, fading, gamma
        The most of each, as shares.
    grain
        Standard deviation of the finest grain at the most, in L*.
    clumps
        The same of grain in clumps of two pixels, as on scanned prints.
    film
        Share on film that sees little or no red.
    harshness
        The most that contrast is raised, as a share: shadows go black and skies white.
    unevenness
        The largest change of tone from place to place, as a share.
    stains, scratches, dust, borders
        Shares that have them.
    compression
        Share scanned to a coarse JPEG file.
    """

    probability: float = 0.4
    contrast: float = 0.35
    fading: float = 0.15
    gamma: float = 0.3
    grain: float = 5.0
    blur_px: float = 1.0
    clumps: float = 0.0
    film: float = 0.0
    harshness: float = 0.0
    unevenness: float = 0.0
    stains: float = 0.0
    scratches: float = 0.0
    dust: float = 0.0
    borders: float = 0.0
    compression: float = 0.0


@dataclass(frozen=True)
class HintRecipe:
    """How hints of a user are imitated.

    Attributes
    ----------
    none
        Share of photos without any.
    strokes
        Share of hints that are a stroke rather than a point.
    dense
        Share of photos with hints all over.
    bend
        By how much a stroke turns from dab to dab, standard deviation in radians.
    near_edges
        Share of hints that begin near an edge of the true colour.
    off
        Standard deviation by which a hint's a*b* is off the truth.
    recoloured
        Share of photos in which one thing has another colour, and a hint that says so.
    """

    none: float = 0.4
    mean_count: float = 8.0
    most: int = 64
    strokes: float = 0.3
    dense: float = 0.05
    bend: float = 0.0
    near_edges: float = 0.0
    off: float = 0.0
    recoloured: float = 0.0


@dataclass(frozen=True)
class LossRecipe:
    """Weights of the losses.

    Attributes
    ----------
    regression_kind
        "smooth_l1", or "mse": quadratic everywhere, the same below `smooth_l1_beta`.
    smooth_l1_beta
        In units of a*b*: below it the loss is quadratic.
    vividness
        Extra weight of vivid pixels in the regression, per 50 units of chroma.
    sampled_cells
        Share of the stride-4 cells on which the distribution is learnt.
    hinted
        Of the error at the hints themselves.
    features
        Of the difference in features of the published encoder.
    """

    regression: float = 1.0
    regression_kind: Literal["smooth_l1", "mse"] = "smooth_l1"
    smooth_l1_beta: float = 15.0
    vividness: float = 0.0
    classification: float = 0.05
    sampled_cells: float = 0.25
    rebalancing_uniform: float = 0.5
    rebalancing_exponent: float = 0.5
    hinted: float = 0.0
    features: float = 0.0


@dataclass(frozen=True)
class OptimizerRecipe:
    """What steps the weights.

    Attributes
    ----------
    weight_decay
        Of weights; norms and biases do not decay.
    betas
        Of "adamw" and "adam".
    momentum
        Of "sgd".
    """

    kind: Literal["adamw", "adam", "adadelta", "sgd"] = "adamw"
    weight_decay: float = 0.01
    betas: tuple[float, float] = (0.9, 0.99)
    momentum: float = 0.0


@dataclass(frozen=True)
class Stage:
    """A part of the run with its own size of picture and rates of learning.

    Attributes
    ----------
    photos
        How many photos are shown in this stage, counting repeats.
    size_px
        Side of the square crops.
    encoder
        "frozen": as it comes; "tail": the stages of stride 16 and 32 learn; "full": all of it.
    warm_up
        Share of the stage in which the rate rises from zero.
    final_rate
        The rate at the end of the stage, as a share of `learning_rate` (cosine in between).
    aging, hints, loss
        In place of the recipe's, all of their settings; None keeps the recipe's.
    """

    photos: int
    size_px: int = 160
    batch: int = 32
    learning_rate: float = 1e-3
    encoder_learning_rate: float = 1e-4
    encoder: Literal["frozen", "tail", "full"] = "frozen"
    warm_up: float = 0.05
    final_rate: float = 0.1
    aging: AgingRecipe | None = None
    hints: HintRecipe | None = None
    loss: LossRecipe | None = None


@dataclass(frozen=True)
class Recipe:
    """A run.

    Attributes
    ----------
    architecture
        Key in `networks.registry.ARCHITECTURES`; the network is taught by the teacher of that name.
    encoder_rate_decay
        Factor on the rate of learning from each stage of the encoder to the one before it.
    network
        Values of the network's config; what is missing is at its default.
    method
        Settings that its way of learning alone has: see `Teacher.method_class`.
    working_size_px
        Short side at which the network sees photos once it is used: that at which things are about as large
        as in its crops.
    """

    name: str
    stages: tuple[Stage, ...]
    architecture: str = "hinted"
    seed: int = 1
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    ema: float = 0.999
    clip_gradient: float = 1.0
    encoder_rate_decay: float = 1.0
    working_size_px: int = 256
    validate_every_photos: int = 20_000
    checkpoint_every_minutes: float = 5.0
    data: DataRecipe = field(default_factory=DataRecipe)
    aging: AgingRecipe = field(default_factory=AgingRecipe)
    hints: HintRecipe = field(default_factory=HintRecipe)
    loss: LossRecipe = field(default_factory=LossRecipe)
    optimizer: OptimizerRecipe = field(default_factory=OptimizerRecipe)
    network: dict[str, Any] = field(default_factory=dict)
    method: dict[str, Any] = field(default_factory=dict)

    @property
    def photos(self) -> int:
        """Photos shown in all stages."""
        return sum(stage.photos for stage in self.stages)

    def aging_in(self, stage: Stage) -> AgingRecipe:
        return stage.aging or self.aging

    def hints_in(self, stage: Stage) -> HintRecipe:
        return stage.hints or self.hints

    def loss_in(self, stage: Stage) -> LossRecipe:
        return stage.loss or self.loss

    def fingerprint(self, begun_stages: int) -> str:
        """A short hash of every value that decides what was done so far.

        Two runs with the same one have done the same. Neither the name counts, nor at which size the network
        is used, nor the stages still to come, which may be added or changed; nor, so that new settings can
        come, what is at its default.
        """
        values = _unlike_default(self)
        values["stages"] = [_unlike_default(stage) for stage in self.stages[:begun_stages]]
        del values["name"]
        values.pop("working_size_px", None)
        optimizer = values.pop("optimizer", {})
        if "weight_decay" in optimizer:  # its place in a recipe has changed, its place here has not
            values["weight_decay"] = optimizer.pop("weight_decay")
        if optimizer:
            values["optimizer"] = optimizer
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]


def _unlike_default(part: Any) -> dict[str, Any]:
    """The settings of a recipe's part that are not at their defaults."""
    values: dict[str, Any] = {}
    for setting in dataclasses.fields(part):
        value = getattr(part, setting.name)
        factory = setting.default_factory
        default = setting.default if factory is dataclasses.MISSING else factory()
        if value != default:
            values[setting.name] = _unlike_default(value) if dataclasses.is_dataclass(value) else value
    return values
