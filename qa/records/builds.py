"""Rebuilding: how the documents changed, what was done, what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of the documents folder that was not read, and why."""

    source: str
    reason: str
    stopped: bool = False  # reading it took too much, or killed the reader: not tried again until it changes


@dataclass(frozen=True, slots=True)
class SuspiciousFile:
    """A file that was read, but hardly as it should be, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """How the documents folder differs from what the live generation was made of; files by their sources."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()  # before and now
    deleted: tuple[str, ...] = ()
    unchanged: int = 0
    reread: bool = False  # all files are read again, since they are read in another way now


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build would do; `skipped` are the files of which it can be said without reading them."""

    changes: Changes
    skipped: tuple[SkippedFile, ...]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `unchanged` when there was nothing to do and the live generation stayed."""

    generation: str
    documents: int
    passages: int
    units: int  # what is embedded: passages and their sentences
    encoded: int  # units encoded by this build; the others were known
    skipped: tuple[SkippedFile, ...]
    unchanged: bool
    seconds: float
    changes: Changes = Changes()
    read: int = 0  # files read by this build
    reused: int = 0  # files whose documents were taken over from the generation before
    suspicious: tuple[SuspiciousFile, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)  # characters that were left out, by source
    duplicates: tuple[tuple[str, ...], ...] = ()  # ids of documents with nearly the same text
