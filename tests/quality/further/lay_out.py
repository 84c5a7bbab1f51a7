"""Lays the further sets out: python -m tests.quality.further.lay_out DOCUMENTS OUT

The documents that each set asks of are copied from the folder DOCUMENTS, wherever they stand in it, into a folder of
their own below OUT. What is printed are the sets as the other commands take them, all under one name.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", metavar="DOCUMENTS", type=Path)
    parser.add_argument("out", metavar="OUT", type=Path)
    options = parser.parse_args()
    held = {path.name: path for path in options.documents.rglob("*") if path.is_file()}
    if missing := {name for questions in question_files() for name in asked_documents(questions)} - held.keys():
        parser.error(f"{len(missing)} documents are not in {options.documents}: {min(missing)}, …")
    for questions in question_files():
        documents = options.out / questions.stem / "documents"
        documents.mkdir(parents=True, exist_ok=True)
        for name in asked_documents(questions):
            shutil.copyfile(held[name], documents / name)
        print(f"further:{documents}:{questions}:{options.out / questions.stem / 'vectors'}")


def question_files() -> list[Path]:
    """The sets in their order."""
    return sorted(HERE.glob("*.jsonl"), key=lambda file: int(file.stem))


def asked_documents(questions: Path) -> list[str]:
    """The names of the documents that a set asks of."""
    return questions.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    main()
