from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.index.store import Store, write_store
from tests.index.samples import listing, make_document, policy_documents, table_document


@pytest.fixture
def store(tmp_path: Path) -> Store:
    write_store(tmp_path / "passages.sqlite", policy_documents())
    return Store(tmp_path / "passages.sqlite")


def test_what_was_written_is_read_the_same(store: Store) -> None:
    documents = policy_documents()
    assert store.cards() == tuple(document.card for document, _ in documents)
    assert [store.document(document.card.id) for document, _ in documents] == [document for document, _ in documents]
    assert store.passages(range(6)) == [passage for _, passages in documents for passage in passages]


def test_a_table_row_is_read_with_its_figures(tmp_path: Path) -> None:
    document, passages = table_document()
    write_store(tmp_path / "rows.sqlite", [(document, passages)])
    store = Store(tmp_path / "rows.sqlite")
    assert (store.document("丁"), store.passages([0])) == (document, passages)


def test_what_a_trait_is_in_all_documents(store: Store) -> None:
    assert store.values("id") == {card.id for card in store.cards()}
    assert store.values("region") == set()  # 宁波市镇海区 is no full name


def test_passages_come_in_the_order_asked_for(store: Store) -> None:
    assert [passage.id for passage in store.passages([5, 0, 2, 5])] == ["丙#3", "甲#1", "乙#1", "丙#3"]


def test_what_is_not_there_is_a_key_error(store: Store) -> None:
    with pytest.raises(KeyError, match="丁"):
        store.document("丁")
    with pytest.raises(KeyError, match="6"):
        store.passages([0, 6])


def test_threads_read_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: (store.passages([n % 6])[0].id, store.document("乙").card.id), range(200)))
    ids = [passage.id for passage in store.passages(range(6))]
    assert answers == [(ids[n % 6], "乙") for n in range(200)]


def test_reading_changes_nothing_on_disk(tmp_path: Path, store: Store) -> None:
    before = listing(tmp_path)
    Store(tmp_path / "passages.sqlite").document("甲")
    assert listing(tmp_path) == before


def test_a_path_with_signs_that_mean_something_in_an_address(tmp_path: Path) -> None:
    folder = tmp_path / "政策 50%?a#b"
    folder.mkdir()
    write_store(folder / "passages.sqlite", [make_document("甲", ["加快人才引进。"])])
    assert Store(folder / "passages.sqlite").passages([0])[0].text == "加快人才引进。"


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "passages.sqlite").write_bytes(b"x" * 4096)
    with pytest.raises(sqlite3.DatabaseError):
        Store(tmp_path / "passages.sqlite")
