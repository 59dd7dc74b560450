"""Optimizers as recipes name them."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.optim import Optimizer

from colorstudio.training.recipe import Recipe


def parameter_groups(*modules: nn.Module) -> list[dict[str, Any]]:
    """All that learns in some modules: weights, and in a second group norms and biases: they do not decay."""
    learning = [p for module in modules for p in module.parameters() if p.requires_grad]
    return [
        {"params": [p for p in learning if p.ndim > 1]},
        {"params": [p for p in learning if p.ndim <= 1], "weight_decay": 0.0},
    ]


def make_optimizer(recipe: Recipe, groups: list[dict[str, Any]]) -> Optimizer:
    """The optimizer of a recipe. Rates of learning are set before each step."""
    settings = recipe.optimizer
    decay = settings.weight_decay
    match settings.kind:
        case "adamw":
            return torch.optim.AdamW(groups, lr=1.0, weight_decay=decay, betas=settings.betas)
        case "adam":
            return torch.optim.Adam(groups, lr=1.0, weight_decay=decay, betas=settings.betas)
        case "adadelta":
            return torch.optim.Adadelta(groups, lr=1.0, weight_decay=decay)
        case "sgd":
            return torch.optim.SGD(groups, lr=1.0, weight_decay=decay, momentum=settings.momentum)
