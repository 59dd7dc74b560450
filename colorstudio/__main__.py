"""``python -m colorstudio`` and the ``colorstudio`` command."""

from __future__ import annotations

import io
import sys

from colorstudio.threads import configure_threads


def main() -> int:
    configure_threads()  # before anything imports numpy or torch
    from colorstudio.cli import run

    # The name of a file need not be valid text: no reason to fail after the work is done.
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
