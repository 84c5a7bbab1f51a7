from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from qa.evaluation.questions import read_questions
from tests.quality.further.lay_out import asked_documents, question_files


@pytest.mark.parametrize("file", question_files(), ids=lambda file: file.stem)
def test_the_evidence_of_a_further_set_stands_in_its_documents(file: Path) -> None:
    questions, documents = read_questions(file), asked_documents(file)
    assert len(questions) >= 70
    assert len(set(documents)) == len(documents) > 0
    assert {evidence.file for question in questions for evidence in question.evidence} <= set(documents)


def test_no_set_stands_there_twice() -> None:
    asked = [frozenset(question.question for question in read_questions(file)) for file in question_files()]
    assert all(len(one & other) <= 1 for one, other in combinations(asked, 2))  # one about cooking is in two
