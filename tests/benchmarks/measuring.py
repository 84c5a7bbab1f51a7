"""What every probe measures with."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from typing import Any


def times(act: Callable[[Any], object], arguments: Sequence[Any]) -> list[float]:
    """Seconds that each call takes, one argument after another."""
    taken = []
    for argument in arguments:
        started = time.perf_counter()
        act(argument)
        taken.append(time.perf_counter() - started)
    return taken


def peak_memory() -> int:
    """The most resident memory of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
