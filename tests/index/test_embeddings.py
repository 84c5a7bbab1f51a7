from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from qa.errors import IndexUnusableError
from qa.index.embeddings import EmbeddingCache, cache_file, text_key

VECTORS = np.array([[1.0, 0.5], [0.25, -1.0], [3.0, 1e-7]], np.float32)


def test_what_is_put_comes_back_bit_by_bit_in_the_order_asked_for(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "stub", 2)
    cache.put(["a", "b", "c"], VECTORS)
    again = EmbeddingCache(tmp_path, "stub", 2)
    assert again.known(["c", "x", "a"]) == {"a", "c"}
    (batch,) = again.vectors(["c", "a", "a"])
    np.testing.assert_array_equal(batch, VECTORS[[2, 0, 0]])


def test_many_come_in_batches(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "stub", 1)
    keys = [str(number) for number in range(10_000)]
    cache.put(keys, np.arange(10_000, dtype=np.float32)[:, None])
    assert [len(batch) for batch in cache.vectors(keys)] == [4096, 4096, 1808]
    np.testing.assert_array_equal(np.concatenate(list(cache.vectors(keys)))[:, 0], np.arange(10_000))


def test_a_vector_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="x"):
        list(EmbeddingCache(tmp_path, "stub", 2).vectors(["x"]))


def test_every_encoder_has_a_file_of_its_own(tmp_path: Path) -> None:
    names = ["a/b", "a b", "../../etc", "模型", "e5-small@int8", "/" + "x" * 300]
    files = {cache_file(tmp_path, name) for name in names}
    assert len(files) == len(names)
    assert {file.parent for file in files} == {tmp_path / "embeddings"}
    assert cache_file(tmp_path, "e5-small@int8").name == f"e5-small-int8-{text_key('e5-small@int8')[:8]}.sqlite"
    EmbeddingCache(tmp_path, "/" + "x" * 300, 2).put(["a"], VECTORS[:1])


@pytest.mark.parametrize("sound", [0, 8192])  # bytes: damaged from the first, or where only reading comes upon it
def test_a_damaged_file_is_named(tmp_path: Path, sound: int) -> None:
    file = cache_file(tmp_path, "stub")
    keys = [text_key(str(number)) for number in range(2000)]
    cache = EmbeddingCache(tmp_path, "stub", 2)
    cache.put(keys, np.ones((2000, 2), np.float32))
    cache.close()
    content = file.read_bytes()
    file.write_bytes(content[:sound] + b"x" * (len(content) - sound))
    with pytest.raises(IndexUnusableError) as caught:
        EmbeddingCache(tmp_path, "stub", 2).known(keys)
    assert str(file) in str(caught.value)


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def test_a_vector_with_a_flipped_bit_counts_as_unknown_until_it_is_put_again(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "stub", 2)
    cache.put(["a", "b", "c"], VECTORS)
    cache.close()
    file = cache_file(tmp_path, "stub")
    flip(file, file.read_bytes().index(VECTORS[1].tobytes()))
    again = EmbeddingCache(tmp_path, "stub", 2)
    assert again.known(["a", "b", "c"]) == {"a", "c"}
    again.put(["b"], VECTORS[1:2])
    assert (again.known(["a", "b", "c"]), again.check()) == ({"a", "b", "c"}, 3)


def test_a_flipped_bit_is_found(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, "stub", 2)
    cache.put(["a", "b", "c"], VECTORS)
    assert cache.check() == 3
    cache.close()
    file = cache_file(tmp_path, "stub")
    flip(file, file.read_bytes().index(VECTORS[1].tobytes()))
    with pytest.raises(IndexUnusableError, match=r"1 条向量与校验和不符.*删除该文件"):
        EmbeddingCache(tmp_path, "stub", 2).check()


def test_a_file_without_checksums_is_given_them(tmp_path: Path) -> None:
    file = cache_file(tmp_path, "stub")
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as older, older:
        older.execute("CREATE TABLE embeddings (key TEXT PRIMARY KEY, vector BLOB)")
        older.execute("INSERT INTO embeddings VALUES ('a', ?)", (VECTORS[0].tobytes(),))
    cache = EmbeddingCache(tmp_path, "stub", 2)
    assert (cache.known(["a"]), cache.check()) == ({"a"}, 1)
    (batch,) = cache.vectors(["a"])
    np.testing.assert_array_equal(batch, VECTORS[:1])
