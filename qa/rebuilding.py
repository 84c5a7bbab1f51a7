"""The documents folder against the live generation: what changed is read, the rest is taken over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath

from qa.answers.confidence import read_fit
from qa.documents.duplicates import duplicate_groups
from qa.documents.passages import split_passages
from qa.documents.reading import SourceFile, find_files, fingerprint, reading_version
from qa.documents.reading_process import Reader, reading_process
from qa.errors import DocumentError, IndexMissingError, IndexUnusableError, NoDocumentsError, ReadingStoppedError
from qa.index.building import Findings, Progress, build_generation
from qa.index.encoder import Encoder
from qa.index.generation import open_documents
from qa.index.manifest import Manifest
from qa.index.store import Store
from qa.records import BuildReport, Changes, Document, DocumentCard, Passage, SkippedFile, SuspiciousFile
from qa.text.words import load_dictionary

_Read = list[tuple[Document, list[Passage]]]


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands in a documents folder, before anything of it is read."""

    folder: Path
    files: tuple[SourceFile, ...]
    sources: Mapping[str, str]  # the fingerprint of each file that can be opened
    skipped: tuple[SkippedFile, ...]  # the others


class _Before:
    """The live generation, to take over documents from; empty where there is none that can be used."""

    def __init__(self, vectors: Path) -> None:
        self.manifest: Manifest | None = None
        self._store: Store | None = None
        self.doubts: dict[str, str] = {}  # by source
        self.stopped: dict[str, SkippedFile] = {}  # by source, the files whose reading took too much
        try:
            self.manifest, self._store = open_documents(vectors)
        except (IndexMissingError, IndexUnusableError):
            return
        self.doubts = {file.source: file.reason for file in self.manifest.suspicious}
        self.stopped = {file.source: file for file in self.manifest.skipped if file.stopped}

    def cards(self) -> Sequence[DocumentCard]:
        return self._store.cards() if self._store else ()

    def documents(self, source: str) -> _Read:
        """The documents that were read of a source; none where it was skipped."""
        if self._store is None:
            return []
        numbers = self._store.having("source", [source]).tolist()
        cards = [self._store.card(number) for number in numbers]
        return [
            (self._store.document(card.id), self._store.passages_of(number))
            for card, number in zip(cards, numbers, strict=True)
        ]

    def close(self) -> None:
        if self._store:
            self._store.close()


def survey_folder(folder: Path) -> Survey:
    """The files of the folder and what is in them, by fingerprint. Raises NoDocumentsError where there is none."""
    files = find_files(folder)
    sources: dict[str, str] = {}
    skipped: list[SkippedFile] = []
    for file in files:
        try:
            sources[file.source] = fingerprint(file)
        except DocumentError as error:
            skipped.append(SkippedFile(file.source, str(error)))
    return Survey(folder, tuple(files), sources, tuple(skipped))


def compare_with_live(survey: Survey, vectors: Path) -> Changes:
    """What changed in the folder since the live generation was built."""
    before = _Before(vectors)
    before.close()
    return _compare(before.manifest, survey.sources)[0]


def refresh(survey: Survey, vectors: Path, encoder: Encoder, progress: Progress | None) -> BuildReport:
    """Brings the index up to date with the folder; `seconds` are left for the caller to tell.

    Files that cannot be read are skipped and listed. Raises NoDocumentsError where none can be read; the index that
    was live stays live then.
    """
    before = _Before(vectors)
    try:
        changes, origins = _compare(before.manifest, survey.sources)
        if before.manifest and _is_current(before.manifest, survey, changes, encoder):
            return _unchanged(before.manifest, before.cards(), changes)
        reading = _Reading(survey, before, origins, progress or (lambda stage, done, total: None))
        fit = asdict(read_fit())
        read = reading.documents()
        built = build_generation(vectors, read, encoder, survey.sources, reading.findings, fit, progress)
    finally:
        before.close()
    return BuildReport(
        generation=built.generation,
        documents=built.documents,
        passages=built.passages,
        units=built.units,
        encoded=built.encoded,
        skipped=tuple(reading.findings.skipped),
        unchanged=False,
        seconds=0.0,
        changes=changes,
        read=reading.read,
        reused=reading.reused,
        suspicious=tuple(reading.findings.suspicious),
        dropped=dict(reading.findings.dropped),
        duplicates=built.duplicates,
    )


class _Reading:
    """Reads the files of a survey one by one, and keeps count."""

    def __init__(self, survey: Survey, before: _Before, origins: Mapping[str, str], report: Progress) -> None:
        self.findings = Findings(skipped=list(survey.skipped))
        self.read = self.reused = 0
        self._survey = survey
        self._before = before
        self._origins = origins
        self._report = report

    def documents(self) -> Iterator[tuple[Document, list[Passage]]]:
        """The documents in the order of their files. Raises NoDocumentsError where there is none."""
        files = [file for file in self._survey.files if file.source in self._survey.sources]
        with reading_process() as read_file:
            for done, file in enumerate(files):
                self._report("读取文件", done, len(files))
                yield from self._take_over(file) or self._read(file, read_file)
        self._report("读取文件", len(files), len(files))
        self.findings.skipped.sort(key=lambda skipped: skipped.source)
        if not self.read + self.reused:
            reasons = "；".join(f"{file.source}：{file.reason}" for file in self.findings.skipped[:5])
            raise NoDocumentsError(f"文档目录“{self._survey.folder}”里没有可用的文档。{reasons}")

    def _take_over(self, file: SourceFile) -> _Read:
        """What was read of the same content before; nothing where it depends on the name of the file, now another."""
        origin = self._origins.get(file.source)
        found = self._before.documents(origin) if origin else []
        if origin is None or self._before.manifest is None or not found:
            return []
        doubt = self._before.doubts.get(origin)
        if origin != file.source:
            if doubt or _depend_on_name(found, PurePosixPath(origin).stem):
                return []
            found = [_rename(document, passages, file.source) for document, passages in found]
        self.reused += 1
        self._note(file.source, doubt, self._before.manifest.dropped.get(origin, 0))
        return found

    def _read(self, file: SourceFile, read_file: Reader) -> _Read:
        if stopped := self._before.stopped.get(self._origins.get(file.source, "")):
            self.findings.skipped.append(replace(stopped, source=file.source))
            return []
        if not self.read:
            load_dictionary()  # much will be cut
        try:
            reading = read_file(file)
        except DocumentError as error:
            stopped_now = isinstance(error, ReadingStoppedError)
            self.findings.skipped.append(SkippedFile(file.source, str(error), stopped_now))
            return []
        self.read += 1
        self._note(file.source, "；".join(reading.doubts), reading.dropped)
        return [(document, split_passages(document)) for document in reading.documents]

    def _note(self, source: str, doubt: str | None, dropped: int) -> None:
        if doubt:
            self.findings.suspicious.append(SuspiciousFile(source, doubt))
        if dropped:
            self.findings.dropped[source] = dropped


def _compare(manifest: Manifest | None, sources: Mapping[str, str]) -> tuple[Changes, dict[str, str]]:
    """What changed, and for each file whose content was read before the source it had then."""
    before = manifest.sources if manifest else {}
    gone = [source for source in before if source not in sources]
    new, changed, renamed, unchanged = [], [], [], 0
    origins: dict[str, str] = {}
    held: dict[tuple[str, str], list[str]] = defaultdict(list)  # files that are gone first
    for source in [*gone, *(source for source in before if source in sources)]:
        held[before[source], PurePosixPath(source).suffix].append(source)
    for source, print_ in sources.items():
        same = held[print_, PurePosixPath(source).suffix]
        if before.get(source) == print_:
            unchanged += 1
            origins[source] = source
        elif source in before:
            changed.append(source)
        elif same and same[0] in gone:
            origins[source] = same.pop(0)
            gone.remove(origins[source])
            renamed.append((origins[source], source))
        else:
            new.append(source)
            if same:
                origins[source] = same[0]
    reread = manifest is not None and manifest.reading != reading_version()
    changes = Changes(tuple(new), tuple(changed), tuple(renamed), tuple(gone), unchanged, reread)
    return changes, {} if reread else origins


def _is_current(manifest: Manifest, survey: Survey, changes: Changes, encoder: Encoder) -> bool:
    """Whether a build would make the same again; files that could not be read before are tried once more."""
    if manifest.sources != survey.sources or manifest.encoder != encoder.identity or changes.reread:
        return False
    if manifest.fit != asdict(read_fit()):
        return False
    before = {file.source: file.reason for file in manifest.skipped}
    stopped = {file.source: file.reason for file in manifest.skipped if file.stopped}
    skipped = {file.source: file.reason for file in survey.skipped} | stopped
    with reading_process() as read_file:
        for file in survey.files:
            if file.source in before.keys() & survey.sources.keys() - stopped.keys():
                try:
                    read_file(file)
                except DocumentError as error:
                    skipped[file.source] = str(error)
    return skipped == before


def _unchanged(manifest: Manifest, cards: Sequence[DocumentCard], changes: Changes) -> BuildReport:
    return BuildReport(
        generation=manifest.generation,
        documents=manifest.documents,
        passages=manifest.passages,
        units=manifest.units,
        encoded=0,
        skipped=manifest.skipped,
        unchanged=True,
        seconds=0.0,
        changes=changes,
        reused=len(manifest.sources.keys() - {file.source for file in manifest.skipped}),
        suspicious=manifest.suspicious,
        dropped=manifest.dropped,
        duplicates=duplicate_groups(cards),
    )


def _depend_on_name(found: _Read, stem: str) -> bool:
    """Whether the name of the file stands in for a title, or names a table."""
    return any(
        stem not in document.text and any(stem in passage.context for passage in passages)
        for document, passages in found
    )


def _rename(document: Document, passages: Sequence[Passage], source: str) -> tuple[Document, list[Passage]]:
    before = document.card
    id_ = source + before.id.removeprefix(before.source)
    moved = [replace(p, id=id_ + p.id.removeprefix(before.id), document_id=id_) for p in passages]
    return replace(document, card=replace(before, id=id_, source=source)), moved
