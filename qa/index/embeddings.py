"""The vectors that were ever made with an encoder, by the hash of their text: a build makes only what is new."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexUnusableError

EMBEDDINGS = "embeddings"  # folder beside the generations
_BATCH = 4096  # rows read at once
_CHECKSUM = "crc32(CAST(key AS BLOB), vector)"


def text_key(text: str) -> str:
    """The name of a text in the cache: its SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def cache_file(vectors: Path, encoder_identity: str) -> Path:
    """Where the vectors of an encoder are kept; its name need not be fit for a file."""
    readable = re.sub(r"[^0-9A-Za-z._-]+", "-", encoder_identity).strip("-.")[-80:]
    return vectors / EMBEDDINGS / f"{readable}-{text_key(encoder_identity)[:8]}.sqlite"


class EmbeddingCache:
    """The vectors made with one encoder; every `put` is on disk when it returns.

    Nothing is ever removed, since a text that went may come back; the file may be deleted at any time between
    builds, and costs only the time to encode anew.
    """

    def __init__(self, vectors: Path, encoder_identity: str, dimension: int) -> None:
        """Opens or makes the file; it and all reading raise IndexUnusableError if the file is damaged."""
        self._file = cache_file(vectors, encoder_identity)
        self._dimension = dimension
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(self._file)
        self._connection.create_function("crc32", 2, _crc32, deterministic=True)
        with self._naming_damage(), self._connection:
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS embeddings (key TEXT PRIMARY KEY, vector BLOB, checksum INTEGER)"
            )
            columns = {name for _, name, *_ in self._connection.execute("PRAGMA table_info(embeddings)")}
            if "checksum" not in columns:  # made before there were checksums
                self._connection.execute("ALTER TABLE embeddings ADD COLUMN checksum INTEGER")
                self._connection.execute(f"UPDATE embeddings SET checksum = {_CHECKSUM}")

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys that have a vector which is what it was when it was put."""
        return {key for batch in _batches(keys) for key, whole in self._rows(f"checksum = {_CHECKSUM}", batch) if whole}

    def vectors(self, keys: Sequence[str]) -> Iterator[NDArray[np.float32]]:
        """The vectors of the keys, in their order, in batches (n, dimension); raises KeyError for one not known."""
        for batch in _batches(keys):
            blobs = dict(self._rows("vector", batch))
            joined = b"".join(blobs[key] for key in batch)
            yield np.frombuffer(joined, dtype="<f4").reshape(len(batch), self._dimension)

    def put(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keeps the vectors (n, dimension) of n keys."""
        blobs = [vector.tobytes() for vector in vectors.astype("<f4").reshape(len(keys), self._dimension)]
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO embeddings VALUES (?1, ?2, crc32(CAST(?1 AS BLOB), ?2))",
                zip(keys, blobs, strict=True),
            )

    def check(self) -> int:
        """How many vectors there are; raises IndexUnusableError where one is not what it was. Reads all of them."""
        with self._naming_damage():
            if (said := self._connection.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise sqlite3.DatabaseError(said)
            statement = f"SELECT count(*), total(checksum IS NOT {_CHECKSUM}) FROM embeddings"
            count, damaged = self._connection.execute(statement).fetchone()
            if damaged:
                raise sqlite3.DatabaseError(f"{damaged:.0f} 条向量与校验和不符")
        return int(count)

    def close(self) -> None:
        self._connection.close()

    def _rows(self, column: str, keys: Sequence[str]) -> list[tuple[str, bytes]]:
        statement = f"SELECT key, {column} FROM embeddings WHERE key IN (SELECT value FROM json_each(?))"
        with self._naming_damage():
            return self._connection.execute(statement, (json.dumps(keys),)).fetchall()

    @contextmanager
    def _naming_damage(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError:  # the disk, not the file
            raise
        except sqlite3.DatabaseError as error:
            self._connection.close()
            damage = f"向量缓存 {self._file} 已损坏（{error}）"
            raise IndexUnusableError(f"{damage}。请删除该文件后运行 python -m qa build。") from error


def _crc32(*parts: object) -> int:
    """Of what in a row may be of any type where the file is damaged."""
    return zlib.crc32(b"".join(part for part in parts if isinstance(part, bytes)))


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]
