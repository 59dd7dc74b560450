"""A real process is killed in the middle of answering, again and again: it goes on where it was."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from colorstudio.services.turing.answers import answer_to, read_answers
from colorstudio.services.turing.session import TuringSession
from colorstudio.services.turing.trials import trials_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork and no SIGKILL")

_QUESTIONS, _MOST_AT_ONCE = 60, 12
_MORE = 3  # questions that are answered while the signal is on its way


def test_killed_while_answering(unseen: Callable[..., TuringSession]) -> None:
    session = unseen("pairs", _QUESTIONS)
    session.write()
    chance = random.Random(7)
    script = Path(__file__).with_name("answering_process.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script)]
    kills = 0
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while True:
            before, answers = len(read_answers(session).rows), chance.randrange(1, _MOST_AT_ONCE)
            process.stdin.write(f"{answers + _MORE} {session.folder}\n")
            process.stdin.flush()
            pid, told, ended, until = 0, 0, False, before + answers
            while (line := process.stdout.readline().strip()) != "gone":
                assert line
                assert not line.startswith("failed")
                if line.startswith("pid"):
                    pid = int(line.split()[1])
                elif line == "end":
                    ended = True
                else:
                    told = int(line)
                if pid and told >= until and not ended:
                    time.sleep(chance.uniform(0.0, 0.006))
                    with contextlib.suppress(ProcessLookupError):  # it has just come to its end
                        os.kill(pid, signal.SIGKILL)
                        kills += 1
                    until = sys.maxsize
            rows = read_answers(session).rows
            assert len(rows) >= told - 1
            if ended:
                break
        process.stdin.close()
    assert kills >= _QUESTIONS // (_MOST_AT_ONCE + _MORE) - 1
    rows = read_answers(session).rows
    expected = [
        answer_to(session, "Anna", trial, [trial.number % 2], trial.number / 10)
        for trial in trials_of(session, "Anna")
    ]
    assert [(row.trial, row.answer, row.seconds) for row in rows] == [
        (row.trial, row.answer, row.seconds) for row in expected
    ]
    lines = session.answers_path.read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.endswith((",right", ",fooled"))]) == _QUESTIONS
