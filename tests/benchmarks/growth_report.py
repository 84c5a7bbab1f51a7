"""The figures of growth as a page of the README: a table, plots, and what they come to."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks.plots import plot

FOLDER = Path(__file__).parent
PACKAGES = ("faiss-cpu", "tantivy", "onnxruntime", "numpy")
OTHERS = {
    "flat": "sentence-transformers + IndexFlatIP",
    "txtai": "txtai, hybrid",
    "bm25s": "bm25s, words alone",
}
CODE, FACTORS = 8, 8  # bits a byte; bytes that RaBitQ keeps beside the bits of a vector
LIST_ENTRY = 8  # bytes of a unit's number in its list

Figures = dict[str, Any]


def page(sizes: Sequence[Figures]) -> str:
    """All of it, the largest collection being what the derived figures are derived from."""
    return "\n".join([_caption(sizes), "", *_table(sizes), "", *_plotted(), "", *_derived(sizes[-1])])


def draw_plots(sizes: Sequence[Figures]) -> None:
    """Writes the plots beside this file."""
    asked = {
        "retrieve, median": [(each["paragraphs"], _median(each["serve"]) * 1e3) for each in sizes],
        "retrieve, 95th percentile": [(each["paragraphs"], _high(each["serve"]) * 1e3) for each in sizes],
    }
    for name, title in OTHERS.items():
        if line := [(each["paragraphs"], _median(each[name]) * 1e3) for each in sizes if name in each]:
            asked[title] = line
    held = {
        "index on disk": [(each["paragraphs"], sum(each["build"]["bytes"].values()) / 1e6) for each in sizes],
        "memory while serving": [(each["paragraphs"], each["serve"]["rss"] / 1e6) for each in sizes],
        "IndexFlatIP, memory": [(each["paragraphs"], each["flat"]["rss"] / 1e6) for each in sizes],
    }
    built = {"build without encoding": [(each["paragraphs"], each["build"]["seconds"]) for each in sizes]}
    for name, title, lines in (
        ("growth-asking", "Milliseconds a question", asked),
        ("growth-memory", "Megabytes", held),
        ("growth-building", "Seconds to build", built),
    ):
        (FOLDER / f"{name}.svg").write_text(plot(title, "paragraphs", lines), encoding="utf-8")


def _caption(sizes: Sequence[Figures]) -> str:
    versions = dict.fromkeys(PACKAGES)
    versions |= {name: None for each in sizes for other in OTHERS for name in each.get(other, {}).get("versions", ())}
    named = ", ".join(f"{name} {version(name)}" for name in versions)
    real, asked = sizes[0]["build"]["real"], len(sizes[0]["serve"]["retrieve"])
    loads = "–".join(f"{load:.1f}" for load in (min(e["load"] for e in sizes), max(e["load"] for e in sizes)))
    return (
        f"{asked} different questions, each asked once, medians (least to most); load {loads} before the runs, "
        f"{datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()}, {named}. The first {real:,} units have the "
        f"vectors of the encoder; all beyond are those resampled, with noise of the spread of real ones."
    )


def _table(sizes: Sequence[Figures]) -> list[str]:
    rows = {
        "units (paragraphs and sentences)": [f"{each['build']['units']:,}" for each in sizes],
        "search of vectors": [_search(each) for each in sizes],
        "`retrieve`": [_spread(each["serve"]) for each in sizes],
        "`retrieve`, 95th percentile": [f"{_high(each['serve']) * 1e3:.1f} ms" for each in sizes],
        "recall@10 of units: all, in a scope": [_recall(each) for each in sizes],
        "memory while serving (of it mapped files)": [
            f"{each['serve']['rss'] / 1e6:.0f} MB ({each['serve']['mapped'] / 1e6:.0f})" for each in sizes
        ],
        "open an index": [f"{statistics.median(each['serve']['open']) * 1e3:.0f} ms" for each in sizes],
        "build without encoding": [f"{each['build']['seconds']:.0f} s" for each in sizes],
        "– of it words": [f"{each['build']['seconds'] - each['build']['before_words']:.0f} s" for each in sizes],
        "memory of a build, at most": [f"{each['build']['peak'] / 1e6:.0f} MB" for each in sizes],
        "index on disk": [f"{sum(each['build']['bytes'].values()) / 1e6:.0f} MB" for each in sizes],
    }
    for name, title in OTHERS.items():
        if any(name in each for each in sizes):
            rows[title] = [_spread(each[name]) if name in each else "–" for each in sizes]
            rows[f"{title}, memory"] = [f"{each[name]['rss'] / 1e6:.0f} MB" if name in each else "–" for each in sizes]
    head = " | ".join(f"{each['paragraphs']:,}" for each in sizes)
    ruler = "---:|" * len(sizes)
    return [
        f"| paragraphs | {head} |",
        f"|---|{ruler}",
        *(f"| {name} | {' | '.join(row)} |" for name, row in rows.items()),
    ]


def _plotted() -> list[str]:
    names = ("asking", "memory", "building")
    return [f"![growth: {name}](tests/benchmarks/growth-{name}.svg)" for name in names]


def _derived(largest: Figures) -> list[str]:
    """Where it ends, by the figures of the largest collection."""
    build, paragraphs = largest["build"], largest["paragraphs"]
    units, sizes = build["units"], build["bytes"]
    words = sum(size for name, size in sizes.items() if name.startswith("words/"))
    vectors = sum(size for name, size in sizes.items() if name.startswith("units."))
    dimension = 384
    forms = {"float32": 4 * dimension, "half": 2 * dimension, "int8": dimension, "PQ of 48 bytes": 48}
    forms["lists as used here"] = dimension // CODE + FACTORS + LIST_ENTRY
    a_unit = ", ".join(f"{name} {size} ({size * units / 1e9:.2f} GB)" for name, size in forms.items())
    grown = max(largest["serve"]["mapped"] / paragraphs, 1.0)
    return [
        f"- Bytes a vector of {dimension} figures, and of these {units:,}: {a_unit}. On disk they take "
        f"{vectors / units:.0f} bytes a unit.",
        f"- A paragraph has {units / paragraphs:.2f} units and takes {words / paragraphs:.0f} bytes of words and "
        f"bigrams and {sizes['passages.sqlite'] / paragraphs:.0f} of passages.",
        f"- Building takes {build['seconds'] / paragraphs * 1e3:.2f} ms a paragraph beside encoding, "
        f"{(build['seconds'] - build['before_words']) / build['seconds']:.0%} of it for words. Encoding them, once, "
        f"takes {units / largest['encode']['rate'] / 3600:.1f} hours at the measured {largest['encode']['rate']:.0f} "
        f"units a second.",
        f"- Serving maps {grown / 1e3:.1f} kB a paragraph: 4 GB are reached at about "
        f"{(4e9 - largest['serve']['rss'] + largest['serve']['mapped']) / grown / 1e6:.1f} million paragraphs. What is "
        f"mapped the system takes back when it must, at the price of reading it again from the disk.",
    ]


def _search(each: Figures) -> str:
    probing = each["build"]["probing"]
    return f"{probing['probes']} of {probing['lists']} lists" if probing else "exact"


def _recall(each: Figures) -> str:
    recall = each["serve"]["recall"]
    return f"{recall['all']:.3f}, {recall['scope']:.3f}" if recall else "1, 1"


def _spread(measured: Figures) -> str:
    taken = measured["retrieve"]
    return f"{_median(measured) * 1e3:.1f} ms ({min(taken) * 1e3:.1f}–{max(taken) * 1e3:.1f})"


def _median(measured: Figures) -> float:
    median: float = statistics.median(measured["retrieve"])
    return median


def _high(measured: Figures) -> float:
    """The 95th percentile."""
    high: float = statistics.quantiles(measured["retrieve"], n=20)[-1]
    return high
