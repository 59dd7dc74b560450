"""Files that are read whole, as far as is sensible."""

from __future__ import annotations

from pathlib import Path

from colorstudio.errors import ColorStudioError


def read_small_file(path: Path, most_bytes: int, error: type[ColorStudioError], what: str) -> bytes:
    """The bytes of a file that nobody has vouched for.

    Parameters
    ----------
    error
        What is raised where there is no such file, or it cannot be read or is larger than `most_bytes`.
    what
        What the file should be, for the message: "a palette".
    """
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise error(f"There is no file {path}: check the name.") from None
    except OSError as cause:
        raise error(f"{path} could not be read ({cause.strerror}): check the name and its rights.") from cause
    if len(data) > most_bytes:
        raise error(f"{path} is too large for {what}: at most {most_bytes >> 20} MB are read.")
    return data
