"""Each measure tells how one question went, from 0 to 1; a set's is the mean over the questions that it applies to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean

from qa.evaluation.judging import Outcome
from qa.evaluation.questions import Evidence
from qa.evaluation.wording import says, share_run, stands_in
from qa.records import Citation

LONGEST_QUOTE = 300  # characters; more is a passage
LONGEST_REPLY = {"compare": 500, "section": 700}  # characters, by type of question; more is a dump, not a reply
LONGEST_REPLY_ELSE = 300

Measure = Callable[[Outcome], float | None]  # None where it does not apply


def evidence_at(k: int) -> Measure:
    """Whether one of the first k citations holds evidence, where any one is enough."""
    return lambda outcome: _of_single(outcome, outcome.rank is not None and outcome.rank <= k)


def reciprocal_rank(outcome: Outcome) -> float | None:
    """1 / the rank of the first of ten citations that holds evidence, where any one is enough."""
    return _of_single(outcome, 1 / outcome.rank if outcome.rank and outcome.rank <= 10 else 0)


def all_evidence(outcome: Outcome) -> float | None:
    """Whether the citations hold all evidence, where all of it is needed."""
    return float(outcome.rank is not None) if outcome.question.evidence_mode == "all" else None


def quoted(outcome: Outcome) -> float | None:
    """Whether the first citation holds evidence, any one being enough, and its quote 8 characters on end of that."""
    if outcome.reply.status is None:
        return None
    held = [evidence for rank, evidence in zip(outcome.ranks, outcome.question.evidence, strict=True) if rank == 1]
    return _of_single(outcome, any(_marks(outcome.reply.citations[0], evidence) for evidence in held))


def right(outcome: Outcome) -> float | None:
    """Whether the reply says the answer, or every answer where all are needed, and is short."""
    question, reply = outcome.question, outcome.reply
    if reply.status is None or not question.answers or not question.evidence:
        return None
    said = (any(says(reply.text, wording) for wording in wordings) for wordings in question.answers)
    enough = all(said) if question.answers_mode == "all" else any(said)
    short = len(reply.text) <= LONGEST_REPLY.get(question.type, LONGEST_REPLY_ELSE)
    return float(enough and short and reply.status == "answered")


def answered(outcome: Outcome) -> float | None:
    """Whether a question that has an answer got one."""
    return _of_replies(outcome, outcome.reply.status == "answered") if outcome.question.evidence else None


def abstained(outcome: Outcome) -> float | None:
    """Whether a question without an answer got none."""
    return None if outcome.question.evidence else _of_replies(outcome, outcome.reply.status != "answered")


MEASURES: Mapping[str, Measure] = {
    "evidence@1": evidence_at(1),
    "evidence@5": evidence_at(5),
    "evidence@10": evidence_at(10),
    "mrr@10": reciprocal_rank,
    "all evidence": all_evidence,
    "quote": quoted,
    "right": right,
    "answered": answered,
    "abstained": abstained,
}


def missed(outcome: Outcome) -> bool:
    """Whether a reader would have wanted more: another answer (or passage first, where no answer is known), or none."""
    if not outcome.question.evidence:
        return abstained(outcome) == 0
    said = right(outcome)
    served = outcome.rank == 1 or outcome.question.evidence_mode == "all" if said is None else said
    return outcome.rank is None or not served


def measure(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """By question id: the measures that apply to it, ours and the standard ones over its passages."""
    measured = {
        outcome.question.id: {name: value for name, of in MEASURES.items() if (value := of(outcome)) is not None}
        for outcome in outcomes
    }
    for id_, name, value in _standard_measures(outcomes):
        measured[id_][name] = value
    return measured


def _standard_measures(outcomes: Sequence[Outcome]) -> Iterable[tuple[str, str, float]]:
    """RR@10, nDCG@10 and R@10 over passages, those that hold evidence being relevant, as `ir_measures` has them.

    Evidence that no passage holds counts as one passage that is never found.
    """
    import ir_measures

    asked = [outcome for outcome in outcomes if outcome.question.evidence]
    relevant = {outcome.question.id: dict.fromkeys(outcome.relevant or {""}, 1) for outcome in asked}
    runs = {
        outcome.question.id: {
            id_: -float(rank)
            for rank, cited in reversed(list(enumerate(outcome.reply.citations)))
            for id_ in _passages_in(cited, outcome.relevant)
        }
        for outcome in asked
    }
    measures = [ir_measures.RR @ 10, ir_measures.nDCG @ 10, ir_measures.R @ 10]
    for metric in ir_measures.iter_calc(measures, relevant, runs) if asked else ():
        yield metric.query_id, str(metric.measure), metric.value


def _passages_in(cited: Citation, relevant: frozenset[str]) -> list[str]:
    """The ids of the relevant passages in what is cited (a list is cited as one); of the passage cited, if none is."""
    places = ((id_, *id_.rpartition("@")[::2]) for id_ in sorted(relevant - {""}))
    held = [id_ for id_, doc, start in places if doc == cited.document_id and cited.start <= int(start) < cited.end]
    return held or [f"{cited.document_id}@{cited.start}"]


def summarise(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """For each type of question and for "all": n, and the means of the measures over the questions they apply to."""
    measured = measure(outcomes)
    kinds = sorted({outcome.question.type for outcome in outcomes})
    groups = {kind: [outcome for outcome in outcomes if outcome.question.type == kind] for kind in kinds}
    return {kind: _means(measured, members) for kind, members in {**groups, "all": outcomes}.items()}


def _means(measured: Mapping[str, Mapping[str, float]], outcomes: Sequence[Outcome]) -> dict[str, float]:
    values: dict[str, list[float]] = defaultdict(list)
    for outcome in outcomes:
        for name, value in measured[outcome.question.id].items():
            values[name].append(value)
    return {"n": len(outcomes), **{name: round(fmean(each), 4) for name, each in values.items()}}


def _marks(citation: Citation, evidence: Evidence) -> bool:
    quote = citation.quote
    fits = len(quote) <= LONGEST_QUOTE and stands_in(quote, citation.text)
    return fits and any(share_run(quote, gold) for gold in evidence.quotes)


def _of_single(outcome: Outcome, value: float) -> float | None:
    return float(value) if outcome.question.evidence_mode == "any" else None


def _of_replies(outcome: Outcome, value: bool) -> float | None:
    return float(value) if outcome.reply.status is not None else None
