"""Whatever happens to a build, the last complete index answers, and the next build goes through."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.crash.killing import Builder, begin_trial, kill_builds

STEPS_AFTER = 3  # the new index is live; the rest only removes more of an older one


def test_builds_killed_at_random_moments(tmp_path: Path) -> None:
    with begin_trial(tmp_path) as trial:
        assert kill_builds(trial, times=10, seed=1).total() == 10
    assert trial.asked > 100
    assert trial.lost == []


def test_builds_killed_before_every_step_of_going_live(tmp_path: Path) -> None:
    with begin_trial(tmp_path) as trial:
        lived: list[bool] = []
        while lived.count(True) < STEPS_AFTER:
            before = trial.check_whole()
            trial.write_next()
            trial.builder.start(step=len(lived) + 1)
            assert trial.builder.end() == (-signal.SIGKILL, "")
            lived.append(trial.check_whole() != before)
            trial.build_whole()
            trial.write_next()
            trial.build_whole()  # so that every build finds the same to do: one generation to remove, no remains
    assert lived == sorted(lived)  # once the rename is done, whatever follows leaves the new one live
    assert lived.count(False) > 2
    assert trial.lost == []


def test_the_second_of_two_builds_says_that_there_is_one(tmp_path: Path) -> None:
    with begin_trial(tmp_path) as trial:
        before = trial.check_whole()
        trial.write_next()
        trial.builder.start(step=0)
        assert trial.builder.hear() == "waiting"
        with closing(Builder(trial.documents, trial.vectors)) as other:
            other.start()
            _, said = other.end()
        assert said.startswith("BuildRunningError: 另一个程序正在")
        assert trial.check_whole() == before
        trial.builder.tell("go on")
        assert trial.builder.end() == (0, "")
        assert trial.check_whole() != before
        trial.build_whole()
    assert trial.lost == []


def test_a_full_disk(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.crash.full_disk", str(tmp_path)]
    mounting = ["unshare", "--map-root-user", "--mount"]
    tried = [*mounting, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if shutil.which("unshare") and not subprocess.run(tried, capture_output=True).returncode:
        command = [*mounting, *command, "mount"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"xx[x.]*\.\n", done.stdout)
