#!/usr/bin/env python3
"""Bring the card of a model up to date with the files beside its weights.

python scripts/model_card.py models/NAME ...     writes models/NAME/README.md

What is written by hand in the card stays; see colorstudio/training/card/writing.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from colorstudio.errors import ColorStudioError
from colorstudio.training.card.writing import write_card


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    for folder in sys.argv[1:]:
        try:
            print(write_card(Path(folder)))
        except ColorStudioError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
