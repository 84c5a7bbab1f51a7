"""The public face: build the index, open it, retrieve passages, ask."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from threading import Lock

from qa.answers.answering import compose_answer, compose_comparison
from qa.answers.confidence import fit_of
from qa.answers.follow_ups import find_follow_ups
from qa.answers.library import Library
from qa.documents.items import led_lists
from qa.errors import QAError
from qa.index.building import Progress
from qa.index.encoder import Encoder, check_model, open_encoder, prepare_encoder, same_model
from qa.index.generation import Index, open_generation
from qa.index.publishing import live_folder, naming_folder, one_build
from qa.logs import Request, log_request
from qa.rebuilding import compare_with_live, refresh, survey_folder
from qa.records import Aim, Answer, BuildPlan, BuildReport, Document, DocumentCard, Hit, Question, Scope
from qa.retrieval.comparisons import cross_sides
from qa.retrieval.questions import read_question
from qa.retrieval.ranking import rank_passages
from qa.retrieval.reranking import Reranker
from qa.retrieval.scope import covers_years
from qa.settings import Settings, read_settings

ENCODERS = "encoders"  # the folder below vectors/ that all generations share
MOST_FOLLOW_UPS = 3
FOLLOWED = 10  # passages that a follow-up question is answered from, as many as `ask` takes unless told otherwise
LOOK_EVERY = 1.0  # seconds between two looks whether a newer generation is live
KEPT_DOCUMENTS = 64  # read in whole; the lists and leads of those that answer are looked up question after question


class KnowledgeBase:
    """An index to ask, from several threads if need be.

    It moves on by itself when a build makes a newer generation live: a question that is under way ends on the one it
    began with, and where the newer one cannot be opened, the one that serves goes on serving.
    """

    def __init__(self, index: Index, settings: Settings) -> None:
        self._serving = _Serving(index, settings)
        self._settings = settings
        self._reranker = Reranker(settings.reranker) if settings.reranker else None
        self._looking = Lock()
        self._looked = time.monotonic()
        self._problem: str | None = None  # why a newer generation does not serve

    @classmethod
    def open(cls, vectors: str | Path | None = None) -> KnowledgeBase:
        """Opens the index in the folder; nothing is built or written.

        Raises IndexMissingError where there is none, IndexUnusableError where it is damaged or of another make,
        EncoderError where QA_RERANKER names a model that is not on this machine.
        """
        settings = read_settings(vectors=vectors)
        index = open_generation(settings.vectors)
        check_model(index.manifest.encoder, settings.model)
        return cls(index, settings)

    def documents(self) -> tuple[DocumentCard, ...]:
        """What is held, in the order of the sources."""
        return self._newest().cards

    def document(self, document_id: str) -> Document:
        """A document with its text and outline. Raises KeyError for an unknown id."""
        return self._newest().index.store.document(document_id)

    def describe(self) -> dict[str, object]:
        """The index in figures: generation, when it was built, counts, encoder, skipped and suspicious files.

        `probing` says how the vectors of a large collection are searched, with the recall that was measured when it was
        built; None where a question is compared with all of them.

        `problem` says why a newer generation does not serve; None where there is none.
        """
        manifest = self._newest().index.manifest
        return {
            "generation": manifest.generation,
            "created": manifest.created,
            "passages": manifest.passages,
            "units": manifest.units,
            "probing": manifest.probing,
            "encoder": manifest.encoder,
            "encoder_note": manifest.encoder_note,
            "skipped": manifest.skipped,
            "suspicious": manifest.suspicious,
            "problem": self._problem,
        }

    def retrieve(self, question: str, k: int = 5) -> list[Hit]:
        """The k passages nearest to the question, best first. Raises UnusableQuestionError."""
        with self._logged("retrieve", question) as request:
            serving = self._newest()
            understood = read_question(question, vocabulary=serving.index.vocabulary)
            request.passed("read")
            hits = rank_passages(serving.index, serving.encoder, understood, k, self._reranker)
            request.passed("rank")
            return hits

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        k: int = 10,
        scope: Scope | None = None,
        today: date | None = None,
    ) -> Answer:
        """The answer with at most k citations. Raises UnusableQuestionError.

        `history` holds the earlier questions, `scope` limits what may be cited, `today` says which year 今年 is.
        """
        with self._logged("ask", question) as request:
            serving = self._newest()
            understood = read_question(question, history, scope, today, serving.index.vocabulary)
            request.passed("read")
            answer = compose_answer(understood, self._library(serving, k, request), k)
            request.passed("compose")
            request.fields["status"] = answer.status
            return answer

    def follow_ups(
        self, answer: Answer, history: Sequence[str] = (), scope: Scope | None = None, today: date | None = None
    ) -> tuple[str, ...]:
        """At most three questions that lead on from the answer; each was asked and has an answer of its own.

        `history`, `scope` and `today` are what they will be asked with. Takes as long as asking about ten questions.
        """
        with self._logged("follow_ups", answer.question.asked) as request:
            serving = self._newest()
            library = self._library(serving, FOLLOWED, request)

            def ask(question: str) -> Answer:
                understood = read_question(question, history, scope, today, serving.index.vocabulary)
                return compose_answer(understood, library, FOLLOWED)

            return tuple(islice(find_follow_ups(answer, serving.cards, ask), MOST_FOLLOW_UPS))

    def compare(
        self,
        indicator: str,
        regions: Sequence[str] = (),
        years: Sequence[int] = (),
        aim: Aim | None = None,
        k: int = 10,
    ) -> Answer:
        """The indicator's figure for each region and each year, region by region, as the answer's `comparison`.

        `regions` are full or short names. What is left out is as the indicator says it. A cell without a figure says
        why, and where none has one the answer is "not_found". Raises UnusableQuestionError.
        """
        with self._logged("compare", indicator) as request:
            serving = self._newest()
            scope = Scope(regions=tuple(regions) or None, years=tuple(years) or None, aim=aim)
            understood = replace(read_question(indicator, scope=scope), wants="comparison")
            sides = cross_sides(indicator, scope)
            request.passed("read")
            answer = compose_comparison(understood, sides, self._library(serving, k, request), k)
            request.passed("compose")
            request.fields["status"] = answer.status
            return answer

    def _library(self, serving: _Serving, k: int, request: Request) -> Library:
        """What answers of at most k citations are made of; what the search takes is told to the request's log."""
        store = serving.index.store

        def retrieve(asked: Question) -> list[Hit]:
            request.passed("compose")
            hits = rank_passages(serving.index, serving.encoder, asked, k, self._reranker)
            request.passed("rank")
            return hits

        return Library(
            retrieve=retrieve,
            covers_years=partial(covers_years, store),
            regions=lambda: store.values("region"),
            document=serving.document,
            lists=serving.lists,
            passages=lambda document: store.passages_of(int(store.having("id", [document])[0])),
            fit=serving.fit,
        )

    def _logged(self, kind: str, question: str) -> AbstractContextManager[Request]:
        return log_request(kind, question if self._settings.log_questions else None)

    def _newest(self) -> _Serving:
        """The generation to ask now; whether there is a newer one is looked up once a second at most."""
        if time.monotonic() - self._looked >= LOOK_EVERY and self._looking.acquire(blocking=False):
            try:
                self._move_on()
            finally:
                self._looked = time.monotonic()
                self._looking.release()
        return self._serving

    def move_on(self) -> None:
        """Serves the newest generation at once, instead of within a second; `describe` says where it cannot."""
        with self._looking:
            self._move_on()

    def _move_on(self) -> None:
        try:
            if live_folder(self._settings.vectors).name != self._serving.index.manifest.generation:
                newer = _Serving(open_generation(self._settings.vectors), self._settings, self._serving)
                _ = newer.encoder  # one that cannot be loaded must not take the place of one that can
                self._serving = newer
            self._problem = None
        except (QAError, OSError) as error:
            if self._problem != str(error):
                logging.getLogger(__name__).warning("较新的索引不能使用，继续使用原来的：%s", error)
            self._problem = str(error)


class _Serving:
    """An open generation with its encoder, which is opened at the first question and once, whichever thread asks."""

    def __init__(self, index: Index, settings: Settings, before: _Serving | None = None) -> None:
        """Takes over the encoder of the generation before where it is the same."""
        self.index = index
        self.document = lru_cache(KEPT_DOCUMENTS)(index.store.document)
        self.lists = lru_cache(KEPT_DOCUMENTS)(lambda document: led_lists(self.document(document)))
        self._settings = settings
        self._opening = Lock()
        same = before is not None and before.index.manifest.encoder == index.manifest.encoder
        self._encoder: Encoder | None = before._encoder if before is not None and same else None
        fit = fit_of(index.manifest.fit)
        self.fit = fit if same_model(fit.encoder, index.manifest.encoder) else None

    @cached_property
    def cards(self) -> tuple[DocumentCard, ...]:
        """Read when all are asked for; answering reads only those it needs."""
        return self.index.store.cards()

    @property
    def encoder(self) -> Encoder:
        with self._opening:
            if self._encoder is None:
                folder = self._settings.vectors / ENCODERS
                self._encoder = open_encoder(folder, self.index.manifest.encoder, self._settings.model)
            return self._encoder


def rebuild(
    documents: str | Path | None = None,
    vectors: str | Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Brings the index up to date with the documents folder and makes it live in one step.

    Only files that are new or changed are read, only texts that are new are encoded. Files that cannot be read are
    skipped and listed. Raises NoDocumentsError where none can be read, EncoderError where the model cannot be loaded,
    BuildRunningError where another build is at work in the folder, StorageError where it cannot be written; the index
    that was live stays live then.
    """
    started = time.perf_counter()
    settings = read_settings(documents=documents, vectors=vectors)
    with naming_folder(settings.vectors), one_build(settings.vectors):
        survey = survey_folder(settings.documents)
        encoder = prepare_encoder(settings.model, settings.vectors / ENCODERS)
        report = refresh(survey, settings.vectors, encoder, progress)
    return replace(report, seconds=time.perf_counter() - started)


def plan_rebuild(documents: str | Path | None = None, vectors: str | Path | None = None) -> BuildPlan:
    """What `rebuild` would do; nothing is read but the files' content for comparison, and nothing written.

    Raises NoDocumentsError where the documents folder is missing or empty.
    """
    settings = read_settings(documents=documents, vectors=vectors)
    survey = survey_folder(settings.documents)
    return BuildPlan(compare_with_live(survey, settings.vectors), survey.skipped)
