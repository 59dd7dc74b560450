"""Somebody who answers until they are killed. Run by `test_kill.py`, not a test itself.

Reads lines of a number and the folder of a test from standard input. For each it forks a process that answers
the questions of the test that are not answered yet, as "Anna", each as soon as the one before is written and
told on standard output; after that number of them it waits for its end.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from colorstudio.errors import ColorStudioError
from colorstudio.services.turing.answers import AnswerWriter, answer_to, read_answers
from colorstudio.services.turing.session import read_session
from colorstudio.services.turing.trials import trials_of


def _tell(error: ColorStudioError) -> None:
    os.write(1, f"failed {error}\n".encode())


def _answer(folder: Path, most: int) -> None:
    session = read_session(folder)
    done = {row.trial for row in read_answers(session).rows}
    writer = AnswerWriter(session, _tell)
    waiting = [trial for trial in trials_of(session, "Anna") if trial.number not in done]
    for trial in waiting[:most]:
        writer.put(answer_to(session, "Anna", trial, [trial.number % 2], trial.number / 10))
        os.write(1, f"{trial.number}\n".encode())
        writer.wait()
    if len(waiting) > most:
        time.sleep(60)
    writer.close()
    os.write(1, b"end\n")


if __name__ == "__main__":
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            number, folder = line.strip().split(" ", 1)
            _answer(Path(folder), int(number))
            os._exit(0)
        os.write(1, f"pid {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"gone\n")
