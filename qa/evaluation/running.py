"""Asking an index the questions of a set."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from qa.answers.citing import cite
from qa.errors import NoDocumentsError
from qa.evaluation.judging import Outcome, Reply, Sources, judge_replies
from qa.evaluation.questions import GoldQuestion
from qa.index.building import Progress
from qa.knowledge_base import KnowledgeBase


def evaluate(
    knowledge: KnowledgeBase,
    questions: Sequence[GoldQuestion],
    k: int = 10,
    retrieve: bool = False,
    progress: Progress | None = None,
) -> list[Outcome]:
    """The outcomes of `ask` with k citations each, in the order of the questions.

    With `retrieve` those of `retrieve`, which knows no conversation: nothing is said, so only passages are measured.
    """

    def reply(question: GoldQuestion) -> Reply:
        if retrieve:
            return Reply(tuple(cite(hit, None) for hit in knowledge.retrieve(question.question, k)))
        answer = knowledge.ask(question.question, question.history, k)
        return Reply(answer.citations[:k], answer.status, answer.text)

    return judge_replies(questions, reply, Sources(knowledge), progress)


@contextmanager
def gathered(documents: Path, more: Path | None) -> Iterator[Path]:
    """A folder with the documents of both; of two files of the same path, that of `documents`.

    Raises NoDocumentsError where one of the folders is missing.
    """
    if more is None:
        yield documents
        return
    with TemporaryDirectory(prefix="qa-documents-") as folder:
        for source in (more, documents):
            if not source.is_dir():
                raise NoDocumentsError(f"文档目录 {source} 不存在。请检查 --documents 和 --more。")
            shutil.copytree(source, folder, dirs_exist_ok=True)
        yield Path(folder)
