"""The passages worth weighing, gathered from every index within the question's scope."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from qa.index.encoder import Encoder
from qa.index.generation import Index
from qa.index.vectors import Similarities
from qa.records import Question
from qa.retrieval.scope import documents_in_scope
from qa.text.folding import fold
from qa.text.words import cut_bigrams, cut_words

FROM_EACH_INDEX = 60  # passages
Found = TypeVar("Found")
_other_core = ThreadPoolExecutor(thread_name_prefix="words")


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """n passages in the order of their rows, with what each index says of them."""

    rows: NDArray[np.int64]  # (n,)
    documents: NDArray[np.int64]  # (n,) their numbers
    similar: Similarities  # (n,) each
    words: NDArray[np.float32]  # (n,) BM25
    bigrams: NDArray[np.float32]  # (n,) BM25

    def span(self, place: int) -> tuple[int, int]:
        """Offsets in the passage's text of the sentence whose vector is nearest to the question's."""
        start, end = self.similar.spans[place].tolist()
        return start, end


def gather_candidates(index: Index, encoder: Encoder, question: Question) -> Candidates:
    """The best passages of each index: vectors, words, character bigrams."""
    scope = documents_in_scope(index.store, question)
    words, bigrams = search_terms(question)
    by_terms = _beside(index, partial(_found_by_terms, index, words, bigrams, scope))
    vector = question_vector(encoder, with_usual_names(question))  # type: ignore[arg-type]  # every object has a hash
    rows = np.unique(np.concatenate([index.vectors.nearest(vector, FROM_EACH_INDEX, scope), *by_terms()]))
    by_words = _beside(index, partial(index.lexical.scores, words, "words", rows))
    return Candidates(
        rows=rows,
        documents=index.layout.documents_of(rows),
        similar=index.vectors.similarities(vector, rows),
        bigrams=index.lexical.scores(bigrams, "bigrams", rows),
        words=by_words(),
    )


def _found_by_terms(
    index: Index, words: list[str], bigrams: list[str], scope: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    by_words, _ = index.lexical.search(words, "words", FROM_EACH_INDEX, scope)
    by_bigrams, _ = index.lexical.search(bigrams, "bigrams", FROM_EACH_INDEX, scope)
    return by_words, by_bigrams


def _beside(index: Index, work: Callable[[], Found]) -> Callable[[], Found]:
    """Gives the work's result: of a large collection begun at once on another core, of a small one done when asked for.

    A small one is searched in less time than threads take to hand over to each other.
    """
    return _other_core.submit(work).result if index.manifest.probing else work


@lru_cache(maxsize=1024)  # asked again with a chip taken off, or of several places: 1.5 MB at most
def question_vector(encoder: Encoder, text: str) -> NDArray[np.float32]:
    """The vector (dimension,) of a question; nobody may write to it."""
    vector: NDArray[np.float32] = encoder.encode_queries([text])[0]
    vector.setflags(write=False)
    return vector


def with_usual_names(question: Question) -> str:
    """The question as it is encoded: each alias replaced by the name that documents use most."""
    text = question.text
    for name, (usual, *_) in question.aliases:
        place = text.lower().find(name)
        if place >= 0 and name not in fold(usual) and fold(usual) not in name:
            text = text[:place] + usual + text[place + len(name) :]
    return text


def search_terms(question: Question) -> tuple[list[str], list[str]]:
    """The words and the bigrams to search: those of the question and of the other names of what it names, each once."""
    texts = [question.text, *(other for _, others in question.aliases for other in others)]
    words = dict.fromkeys(word for text in texts for word in cut_words(text))
    bigrams = dict.fromkeys(bigram for text in texts for bigram in cut_bigrams(text))
    return list(words), list(bigrams)
