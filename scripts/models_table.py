#!/usr/bin/env python3
"""Bring the comparison of all methods in models/README.md up to date with the figures beside their weights.

python scripts/models_table.py

Run it when a model or an evaluation of it is new (colorstudio evaluate --json models/NAME/evaluation/...).
"""

from __future__ import annotations

import sys
from pathlib import Path

from colorstudio.errors import ColorStudioError
from colorstudio.training.card.overview import write_overview

MODELS = Path(__file__).resolve().parents[1] / "models"


def main() -> int:
    try:
        print(write_overview(MODELS))
    except ColorStudioError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
