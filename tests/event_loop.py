"""An event loop of its own for a test's coroutine."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_beside(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What the coroutine gives, run in a thread beside: Playwright keeps an event loop running in the tests' own."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, coroutine).result()
