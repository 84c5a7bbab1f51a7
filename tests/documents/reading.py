"""Reading a file's content without a folder to put it in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qa.documents.reading import SourceFile, read_file
from qa.records import Document


def read_documents(source: str, content: bytes) -> list[Document]:
    """The documents in a file of that name and content."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(source).name)
        path.write_bytes(content)
        return list(read_file(SourceFile(source, path)).documents)
