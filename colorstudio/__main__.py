"""``python -m colorstudio`` and the ``colorstudio`` command."""

from __future__ import annotations

import io
import sys

from colorstudio.threads import configure_threads


def main() -> int:
    configure_threads()  # before anything imports numpy or torch
    from colorstudio.cli import run

    if isinstance(
        sys.stdout, io.TextIOWrapper
    ):  # names of files that are not valid text are no reason to fail
        sys.stdout.reconfigure(errors="backslashreplace")
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
