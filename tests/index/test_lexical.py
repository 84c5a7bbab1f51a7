from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import log
from pathlib import Path

import numpy as np
import pytest

from qa.index.lexical import LexicalIndex, write_lexical
from qa.records import Passage
from tests.index.samples import listing

# Latin words, which are one term each in either field, so that the scores can be worked out by hand.
TEXTS = ["aa bb", "aa aa cc dd", "bb", "ee ee ee"]
DOCUMENTS = [0, 0, 1, 2]
AVERAGE = (2 + 4 + 1 + 3) / 4


def open_lexical(folder: Path, texts: list[str], documents: list[int], context: str = "") -> LexicalIndex:
    passages = [Passage(str(n), "甲", "paragraph", text, 0, 0, (), 1, context) for n, text in enumerate(texts)]
    write_lexical(folder / "words", zip(documents, passages, strict=True))
    return LexicalIndex(folder / "words")


def bm25(count: int, length: int, holders: int, passages: int = 4, average: float = AVERAGE) -> float:
    idf = log(1 + (passages - holders + 0.5) / (holders + 0.5))
    return idf * count * 2.2 / (count + 1.2 * (1 - 0.75 + 0.75 * length / average))


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    return open_lexical(tmp_path, TEXTS, DOCUMENTS)


def test_scores_are_bm25(lexical: LexicalIndex) -> None:
    rows, scores = lexical.search(["aa", "bb"], "bigrams", 10)
    assert rows.tolist() == [0, 2, 1]
    expected = [bm25(1, 2, 2) + bm25(1, 2, 2), bm25(1, 1, 2), bm25(2, 4, 2)]
    np.testing.assert_allclose(scores, expected, rtol=1e-6)


def test_a_term_given_twice_counts_twice(lexical: LexicalIndex) -> None:
    _, scores = lexical.search(["ee", "ee"], "words", 1)
    np.testing.assert_allclose(scores, [2 * bm25(3, 3, 1)], rtol=1e-6)


def test_the_choice_of_documents_comes_before_the_ranking_and_leaves_the_scores(lexical: LexicalIndex) -> None:
    rows, scores = lexical.search(["aa", "bb"], "bigrams", 1, np.array([False, True, True]))
    assert rows.tolist() == [2]
    np.testing.assert_allclose(scores, [bm25(1, 1, 2)], rtol=1e-6)
    assert lexical.search(["aa"], "bigrams", 5, np.array([False, False, False]))[0].tolist() == []


@pytest.mark.parametrize("broad", [0.0, 2.0])  # looked for further down the list, and filtered
@pytest.mark.parametrize("share", [2, 5])
def test_a_scope_is_kept_whichever_way_it_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broad: float, share: int
) -> None:
    texts = [" ".join(["aa"] * (1 + row % 3) + ["bb"] * (row % 7)) for row in range(200)]
    lexical = open_lexical(tmp_path, texts, [row // 4 for row in range(200)])
    monkeypatch.setattr("qa.index.lexical.BROAD", broad)
    documents = np.arange(50) % share == 1
    scores = lexical.scores(["aa", "bb"], "words", np.arange(200))
    members = [row for row in range(200) if documents[row // 4]]
    expected = sorted(members, key=lambda row: (-scores[row], row))[:30]
    assert lexical.search(["aa", "bb"], "words", 30, documents)[0].tolist() == expected


def test_given_passages_get_the_scores_that_a_search_gives(lexical: LexicalIndex) -> None:
    rows, scores = lexical.search(["aa", "bb"], "bigrams", 10)
    found = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    given_scores = lexical.scores(["aa", "bb"], "bigrams", np.array([1, 3, 0]))
    assert given_scores.tolist() == [found[1], 0.0, found[0]]
    assert lexical.scores(["aa"], "bigrams", np.empty(0, np.int64)).tolist() == []


@pytest.mark.parametrize("terms", [[], ["zz"], ["*"], ["aa AND bb"], ["words:aa"], ['"aa"'], ["+aa"], ["aa^9"], ["("]])
def test_question_text_is_never_query_syntax(lexical: LexicalIndex, terms: list[str]) -> None:
    rows, scores = lexical.search(terms, "words", 5)
    assert (rows.tolist(), scores.tolist()) == ([], [])


def test_equal_passages_come_by_row_however_many_are_cut_off(tmp_path: Path) -> None:
    lexical = open_lexical(tmp_path, ["aa bb"] * 40 + ["aa"], list(range(41)))
    assert lexical.search(["aa"], "words", 3)[0].tolist() == [40, 0, 1]


def test_chinese_is_found_by_its_words_and_by_its_bigrams_in_text_and_context(tmp_path: Path) -> None:
    lexical = open_lexical(tmp_path, ["新增高新技术企业100家", "粮食播种面积"], [0, 1], context="镇海区")
    assert lexical.search(["粮食"], "words", 5)[0].tolist() == [1]
    assert lexical.search(["食播"], "words", 5)[0].tolist() == []
    assert lexical.search(["食播"], "bigrams", 5)[0].tolist() == [1]
    assert lexical.search(["镇海"], "bigrams", 5)[0].tolist() == [1, 0]  # the shorter first
    assert lexical.search(["区新"], "bigrams", 5)[0].tolist() == []


def test_threads_search_at_once(lexical: LexicalIndex) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: lexical.search([["aa"], ["bb"]][n % 2], "words", 5)[0].tolist(), range(200)))
    assert answers == [[[1, 0], [2, 0]][n % 2] for n in range(200)]


def test_opening_changes_nothing_and_needs_the_folder_no_more(tmp_path: Path, lexical: LexicalIndex) -> None:
    before = listing(tmp_path)
    assert not [name for name, _, _ in before if name.endswith(".lock")]
    LexicalIndex(tmp_path / "words").search(["aa"], "words", 5)
    assert listing(tmp_path) == before


def test_every_file_can_be_read_by_whoever_may_read_the_folder(tmp_path: Path, lexical: LexicalIndex) -> None:
    folder = tmp_path / "words"
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {folder.stat().st_mode & 0o666}


def test_a_folder_that_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"meta\.json"):
        LexicalIndex(tmp_path)
