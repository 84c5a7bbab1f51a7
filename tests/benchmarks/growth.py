"""How it grows: python -m tests.benchmarks.growth --documents DIR --work DIR [--sizes N,N] [--others] [--write-readme]

Builds collections of growing size out of real documents (see `collection.py`) with the code that builds every index,
asks each the same questions in a process of its own, and writes the table and the plots of growth. What is built stays
in the work folder, about 5 GB for a million paragraphs, and serves the next run; `--anew` builds again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import qa
from tests.benchmarks.growth_report import draw_plots, page
from tests.benchmarks.run import ROOT
from tests.readme import write_part

FILES = 250  # of the documents folder, chosen by the hash of their names: what the encoder has to encode
SIZES = "1000,10000,100000,1000000"
OTHERS_UP_TO = 100_000  # paragraphs; txtai and bm25s take minutes to index more


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=Path, required=True, help="a folder of real documents")
    parser.add_argument("--work", type=Path, required=True, help="where indexes are built and kept")
    parser.add_argument("--sizes", default=SIZES, help=f"paragraphs, with commas between (default {SIZES})")
    parser.add_argument("--anew", action="store_true", help="build again what the work folder holds")
    parser.add_argument("--others", action="store_true", help="put txtai and bm25s beside: pip install -e '.[bench]'")
    parser.add_argument("--write-readme", action="store_true", help="put table and plots into README.md")
    options = parser.parse_args()
    original = options.work / "original"
    gather(options.documents, original / "documents")
    qa.rebuild(original / "documents", original / "vectors")
    figures = [measure(options, int(size)) for size in options.sizes.split(",")]
    figures[-1] |= {"encode": probe("encode", options.work, figures[-1]["paragraphs"])}
    (options.work / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    text = page(figures)
    print(text)
    if options.write_readme:
        draw_plots(figures)
        write_part("growth", text)


def gather(documents: Path, folder: Path) -> None:
    """Copies FILES of the documents into the folder, unless it is there."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    files = sorted(documents.iterdir(), key=lambda file: hashlib.sha256(file.name.encode()).hexdigest())
    for file in files[:FILES]:
        shutil.copy(file, folder / file.name)


def measure(options: argparse.Namespace, size: int) -> dict[str, Any]:
    """What growth_probe.py measures of a collection of that many paragraphs."""
    folder = options.work / str(size)
    built = folder / "build.json"
    if options.anew:
        shutil.rmtree(folder, ignore_errors=True)
    if not built.is_file():
        figures = probe("build", options.work, size)
        built.write_text(json.dumps(figures), encoding="utf-8")
    names = ["serve", "flat"] + (["txtai", "bm25s"] if options.others and size <= OTHERS_UP_TO else [])
    measured = {name: probe(name, options.work, size) for name in names}
    return {"paragraphs": size, "load": os.getloadavg()[0], "build": json.loads(built.read_text())} | measured


def probe(name: str, work: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.growth_probe", name, str(work.resolve()), str(size)]
    printed = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
