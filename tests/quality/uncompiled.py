"""Whether compiling the encoder costs answers: python -m tests.quality.uncompiled SET [SET …] [--write-readme]

A SET is NAME:DOCUMENTS:QUESTIONS:VECTORS. Beside VECTORS a second index is kept, VECTORS-uncompiled, of the model as it
comes; torch takes half an hour to build that of ten thousand paragraphs.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from unittest.mock import patch

from qa.index.encoder import Encoder
from qa.index.encoder.model_files import locate_model
from qa.index.encoder.sentence_encoder import SentenceEncoder, load_sentence_transformer
from tests.quality.ablation import measures_table
from tests.quality.sets import FORM, QuestionSet, open_set
from tests.readme import write_part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="SET", help=FORM)
    parser.add_argument("--write-readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    sets = [opened for named in options.sets for opened in (open_set(named), open_uncompiled(named))]
    text = "\n".join([f"Measured {date.today()}.", "", *measures_table(sets)])
    print(text)
    if options.write_readme:
        write_part("uncompiled", text)


def open_uncompiled(named: str) -> QuestionSet:
    """The set with an index of the model as it comes."""
    name, documents, questions, vectors = named.split(":")
    with patch("qa.knowledge_base.prepare_encoder", as_it_comes):
        return open_set(f"{name}, uncompiled:{documents}:{questions}:{vectors}-uncompiled")


def as_it_comes(model: str | None, _folder: Path) -> Encoder:
    """The encoder to build an index with, not compiled."""
    files = locate_model(model)
    return SentenceEncoder(load_sentence_transformer(files), files.identity)


if __name__ == "__main__":
    main()
