"""The command line: one module a command. They parse, call the services, and print; nothing else."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from colorstudio import __version__
from colorstudio.cli import colorize, evaluate, gui, models, propagate, train, turing
from colorstudio.cli.options import Parser
from colorstudio.cli.terminal import EXIT_CANCELLED, EXIT_FAILED, EXIT_USAGE, complain
from colorstudio.errors import ColorStudioError, UsageError
from colorstudio.progress import Cancelled

_COMMANDS = {
    "gui": gui,
    "colorize": colorize,
    "propagate": propagate,
    "evaluate": evaluate,
    "models": models,
    "train": train,
    "turing": turing,
}


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(_with_command(arguments))
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        status = command(options)
        sys.stdout.flush()
        return status
    except UsageError as error:
        complain(str(error))
        return EXIT_USAGE
    except ColorStudioError as error:
        complain(str(error))
        return EXIT_FAILED
    except (KeyboardInterrupt, Cancelled):
        complain("Stopped.")
        return EXIT_CANCELLED
    except BrokenPipeError:  # the reader of our output has gone; what is still buffered goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except MemoryError:
        complain("There is not enough memory: close other programs and try again.")
        return EXIT_FAILED
    except OSError as error:  # the disk fails or is full while a log or a list is written
        complain(f"{error.filename or 'A file'} cannot be used ({error.strerror or error}).")
        return EXIT_FAILED


def _with_command(arguments: list[str]) -> list[str]:
    """`colorstudio` and `colorstudio PHOTO` mean the window."""
    first = arguments[0] if arguments else ""
    if first in _COMMANDS or first in ("-h", "--help", "--version"):
        return arguments
    return ["gui", *arguments]


def _parser() -> Parser:
    parser = Parser(
        prog="colorstudio", description="Colours black-and-white photographs, on your own machine."
    )
    parser.add_argument("--version", action="version", version=f"colorstudio {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in _COMMANDS.values():
        command.add_to(commands)
    return parser
