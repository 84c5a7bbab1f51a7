"""Whether a document is of the kind, and from the body, that the question names (市科技局的工作要点)."""

from __future__ import annotations

from qa.records import DocumentCard, Question
from qa.retrieval.scope import UNKNOWN

_LEAST_IN_COMMON = 3  # characters of a body's name: 科技局, 市教委


def origin_fit(card: DocumentCard, question: Question) -> float:
    """The share of the kinds and issuers named that the document is of; UNKNOWN where none are named.

    An issuer that is not known fits by UNKNOWN.
    """
    fits = [float(kind in (card.kind or "") or kind in card.title) for kind in question.kinds]
    fits += [float(is_body(name, card.issuer)) if card.issuer else UNKNOWN for name in question.issuers]
    return sum(fits) / len(fits) if fits else UNKNOWN


def is_body(name: str, issuer: str) -> bool:
    """Whether the end of the name abbreviates that of the issuer: 科技局 is 科学技术局, 发改委 发展和改革委员会."""
    ends = (name[start:] for start in range(max(len(name) - _LEAST_IN_COMMON, 0) + 1))
    return any(_abbreviates(end, issuer) for end in ends)


def _abbreviates(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)
