"""What the commands' options have in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from colorstudio.cli.terminal import EXIT_USAGE, complain
from colorstudio.imaging.smoothing import SMOOTHINGS
from colorstudio.services.devices import DEVICE_CHOICES


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        complain(f"{message}. See: {self.prog} --help")
        sys.exit(EXIT_USAGE)


def number(low: float, high: float, kind: type = float) -> Callable[[str], Any]:
    """The `type` of an option that takes a number from `low` to `high`."""

    def parse(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is out of range: give {low:g} to {high:g}")
        return value

    return parse


positive = number(1, 10**9, int)
saturation = number(0.0, 2.0)
vividness = number(0.0, 1.0)


def add_network_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", default="", metavar="NAME", help="network (see: colorstudio models list)")
    add_device_option(command)
    command.add_argument(
        "--working-size",
        type=number(32, 2048, int),
        metavar="PX",
        help="short side at which the network sees the photo",
    )


def add_smoothing_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--smooth",
        choices=SMOOTHINGS,
        default="none",
        help="make the network's colours even within things: tv by least total variation, crf over what is "
        "near and of like luminance",
    )


def add_device_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--device", default="auto", choices=DEVICE_CHOICES)


def add_output_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--overwrite", action="store_true", help="replace outputs that exist; never an input"
    )
    command.add_argument("--json", action="store_true", help="one JSON object a photo on standard output")
