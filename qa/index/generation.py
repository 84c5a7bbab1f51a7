"""One generation of the index, opened: it never changes, and who opened it keeps it while a newer one goes live."""

from __future__ import annotations

import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from qa.errors import IndexUnusableError
from qa.index.integrity import broken_files
from qa.index.layout import Layout, read_layout
from qa.index.lexical import LexicalIndex
from qa.index.manifest import MEND, Manifest, check_manifest, read_manifest
from qa.index.publishing import live_folder
from qa.index.store import Store
from qa.index.vectors import Vectors
from qa.text.vocabulary import Vocabulary
from qa.text.words import open_dictionary

STORE, VECTORS, LAYOUT, LEXICAL = "passages.sqlite", "units.faiss", "layout", "words"
DICTIONARY, VOCABULARY = "dictionary.npy", "vocabulary.npz"
_opening = Lock()  # numpy parses the head of a file with `ast`, which CPython 3.11 may fail at in two threads at once


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """An open generation. Documents and passages are numbered from 0; `layout` says which passages are whose."""

    manifest: Manifest
    layout: Layout
    store: Store
    vectors: Vectors
    lexical: LexicalIndex
    vocabulary: Vocabulary

    def close(self) -> None:
        """Lets go of the files."""
        self.store.close()


def open_generation(vectors: Path) -> Index:
    """Opens the live generation; writes nothing, so it works on a read-only disk.

    Raises IndexMissingError if there is no index, and IndexUnusableError if it is of another format, was made with
    another word list, or is damaged.
    """
    folder, manifest = live_manifest(vectors)
    try:
        with _opening:
            open_dictionary(folder / DICTIONARY)
            layout = read_layout(folder / LAYOUT)
            lexical = LexicalIndex(folder / LEXICAL)
            store, units = Store(folder / STORE), Vectors(folder / VECTORS, layout, manifest.probing)
            return Index(manifest, layout, store, units, lexical, Vocabulary(folder / VOCABULARY))
    except (OSError, ValueError, KeyError, RuntimeError, sqlite3.DatabaseError, zipfile.BadZipFile) as error:
        damaged = "、".join(broken_files(folder, manifest.files)) or "无"
        raise IndexUnusableError(f"索引 {folder} 打不开（{error}）；内容与清单不符的文件：{damaged}。{MEND}") from error


def open_documents(vectors: Path) -> tuple[Manifest, Store]:
    """The documents of the live generation, all of which is found whole by its checksums, and its manifest.

    Raises as `open_generation`.
    """
    folder, manifest = live_manifest(vectors)
    if broken := broken_files(folder, manifest.files):
        raise IndexUnusableError(f"索引 {folder} 中已损坏的文件：{'、'.join(broken)}。{MEND}")
    return manifest, Store(folder / STORE)


def live_manifest(vectors: Path) -> tuple[Path, Manifest]:
    """The folder of the live generation and its manifest, its files found to be there; raises as `open_generation`."""
    folder = live_folder(vectors)
    manifest = read_manifest(folder)
    check_manifest(folder, manifest)
    return folder, manifest
