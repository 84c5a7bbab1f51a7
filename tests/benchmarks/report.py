"""The figures of a run as Markdown: one table, and how far each stage is from what the machine can do."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

PACKAGES = ("onnxruntime", "torch", "sentence-transformers", "faiss-cpu", "tantivy", "gradio", "numpy")
MILLION, BILLION = 1e6, 1e9


def caption(figures: dict[str, Any]) -> str:
    """Machine, versions, how much was measured."""
    limits, load = figures["limits"], figures["load"]
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Medians (least to most) on {limits['cores']} cores ({limits['processor']}), load {load:.1f} before the run, "
        f"{datetime.now(UTC):%Y-%m-%d}; {figures['documents']}: {figures['build']['units']} units; "
        f"Python {platform.python_version()}, {versions}."
    )


def table(figures: dict[str, Any]) -> list[str]:
    """The one table."""
    compiled, original, asked = figures["compiled"], figures["original"], figures["ask"]
    serving, build, page = figures["serve"], figures["build"], figures["page"]
    rows = [
        ("encode a question", _milliseconds(compiled["question"]), _milliseconds(original["question"])),
        ("encode paragraphs", _a_second(compiled), _a_second(original)),
        ("open the encoder", _seconds([compiled["open"]]), _seconds([original["open"]])),
        ("open an index", _milliseconds(asked["open"]), ""),
        ("`retrieve`", _milliseconds(asked["retrieve"]), ""),
        ("`retrieve`, 95th percentile", f"{_high(asked['retrieve']) * 1e3:.1f} ms", ""),
        ("`ask`", _milliseconds(asked["ask"]), ""),
        ("`ask`, 95th percentile", f"{_high(asked['ask']) * 1e3:.1f} ms", ""),
        ("`python -m qa ask`, a new process", _seconds(figures["cold"]), ""),
        ("`app.py`, until the page is there", _seconds(figures["app"]), ""),
        ("the page, until the first paint, nothing cached", _seconds(page["paint"]), ""),
        ("– until its box is there", _seconds(page["ready"]), ""),
        ("question to reply shown, ten people asking", _milliseconds(page["shown"]), ""),
        ("– 95th percentile", f"{_high(page['shown']) * 1e3:.0f} ms", ""),
        ("memory while serving (RSS)", _megabytes(serving["rss"]), ""),
        ("– its share of what is shared (PSS)", _megabytes(serving["pss"]), ""),
        ("memory of encoding alone, at most", _megabytes(compiled["peak"]), _megabytes(original["peak"])),
        ("build, the model compiled on the way", f"{build['seconds']:.0f} s, {_megabytes(build['peak'])}", ""),
    ]
    head = ["| what | as it is used | torch, as the model comes |", "|---|---|---|"]
    return head + [f"| {what} | {used} | {beside} |" for what, used, beside in rows]


def distances(figures: dict[str, Any]) -> list[str]:
    """A line for each stage: the least time that the machine allows, the time it took, and what lies between."""
    return [
        _machine(figures["limits"]),
        _question(figures["compiled"], figures["limits"]),
        _paragraphs(figures["compiled"], figures["limits"]),
        _asking(figures),
        _starting(figures),
    ]


def _machine(limits: dict[str, Any]) -> str:
    one, every = limits["int8"] / BILLION, limits["int8_all"] / BILLION
    copied = limits["bytes"] / BILLION
    return (
        f"- The machine: {copied:.0f} GB/s copied in memory; {one:.0f} G multiply-adds/s in int8 on one core, "
        f"{every:.0f} G on all (ONNX Runtime's own kernel on a product that stays in the cache)."
    )


def _question(compiled: dict[str, Any], limits: dict[str, Any]) -> str:
    tokens, each, taken = compiled["tokens"]["question"], compiled["multiply_adds"], _median(compiled["question"])
    computing, moving = each * tokens / limits["int8"], each / limits["bytes"]
    alone, operations = _median(compiled["one_token"]), compiled["operations"]
    return (
        f"- Encode a question: {each / MILLION:.1f} M multiply-adds a token × {tokens:.0f} tokens = "
        f"{each * tokens / BILLION:.2f} G, at the peak of one core {computing * 1e3:.1f} ms; "
        f"{each / MILLION:.0f} MB of weights {moving * 1e3:.1f} ms; measured {taken * 1e3:.1f} ms, "
        f"{taken / max(computing, moving):.1f} times the larger. An empty question takes {alone * 1e3:.1f} ms: that is "
        f"the {operations} operations of the graph ({alone / operations * 1e6:.1f} µs each) and the weights read once, "
        f"whatever the length."
    )


def _paragraphs(compiled: dict[str, Any], limits: dict[str, Any]) -> str:
    tokens, rate = compiled["tokens"]["paragraph"], compiled["paragraphs"] / _median(compiled["all_paragraphs"])
    each = compiled["multiply_adds"] * tokens
    peak = limits["int8_all"] / each
    return (
        f"- Encode paragraphs: {each / BILLION:.1f} G multiply-adds for {tokens:.0f} tokens, at the peak of all cores "
        f"{peak:.0f}/s; measured {rate:.0f}/s, {peak / rate:.1f} times less. Between the products lie what is done in "
        f"float32: attention, softmax, GELU, scaling to int8 and back."
    )


def _asking(figures: dict[str, Any]) -> str:
    taken, encoding = _median(figures["ask"]["ask"]), _median(figures["compiled"]["question"])
    scanned = figures["build"]["vectors"]
    return (
        f"- `ask`: {encoding * 1e3:.1f} ms of {taken * 1e3:.1f} ms is the encoder; the vectors are "
        f"{scanned / MILLION:.1f} MB, {scanned / _bytes_a_second(figures) * 1e3:.2f} ms at memory speed. The rest is "
        f"Python, sentence by sentence over the candidates that are read closely: neither limits it."
    )


def _starting(figures: dict[str, Any]) -> str:
    cold, first, opening = _median(figures["cold"]), figures["ask"]["first"][0], figures["ask"]["open"][0]
    weights = figures["compiled"]["multiply_adds"]
    return (
        f"- A new process: {cold:.2f} s, of it {opening:.2f} s to open the index and {first:.2f} s for the first "
        f"question, which opens the encoder; its {weights / MILLION:.0f} MB of weights are "
        f"{weights / _bytes_a_second(figures) * 1e3:.0f} ms at memory speed. The rest is the interpreter, its imports, "
        f"and making objects of the tokeniser's 250,000 pieces."
    )


def _bytes_a_second(figures: dict[str, Any]) -> float:
    return float(figures["limits"]["bytes"])


def _a_second(encoder: dict[str, Any]) -> str:
    rates = [encoder["paragraphs"] / seconds for seconds in encoder["all_paragraphs"]]
    return f"{statistics.median(rates):.0f}/s ({min(rates):.0f}–{max(rates):.0f})"


def _milliseconds(seconds: Sequence[float]) -> str:
    low, middle, high = (f"{figure * 1e3:.1f}" for figure in (min(seconds), _median(seconds), max(seconds)))
    return f"{middle} ms ({low}–{high})"


def _seconds(seconds: Sequence[float]) -> str:
    low, middle, high = (f"{figure:.2f}" for figure in (min(seconds), _median(seconds), max(seconds)))
    return f"{middle} s ({low}–{high})" if len(seconds) > 1 else f"{middle} s"


def _megabytes(size: float) -> str:
    return f"{size / MILLION:.0f} MB"


def _median(values: Sequence[float]) -> float:
    return statistics.median(values)


def _high(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]
