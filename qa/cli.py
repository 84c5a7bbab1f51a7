"""The command line: python -m qa build | ask | retrieve | info."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from qa.errors import QAError
from qa.knowledge_base import KnowledgeBase, rebuild
from qa.records import Answer, BuildReport, Citation, Hit

NOT_ANSWERED, FAILED = 1, 2  # exit codes; click uses 2 for wrong usage too


class _Commands(click.Group):
    """Shows every QAError as its message and ends with exit code 2."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except QAError as error:
            click.echo(f"错误：{error}", err=True)
            sys.exit(FAILED)


_vectors = click.option(
    "--vectors", type=click.Path(path_type=Path), help="索引所在目录（默认取 QA_VECTORS，或 vectors）。"
)
_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON，字段名与 Python 接口一致。")


@click.group(cls=_Commands, help="政策文件问答：从本地文档中找出回答问题的原文段落。")
@click.version_option(package_name="qa", message="%(prog)s %(version)s")
def main() -> None: ...


@main.command(help="读取文档目录，建立或更新索引。退出码：0 成功，2 出错。")
@click.option("--documents", type=click.Path(path_type=Path), help="文档目录（默认取 QA_DOCUMENTS，或 seeds）。")
@_vectors
@_json
def build(documents: Path | None, vectors: Path | None, as_json: bool) -> None:
    with progress_bar() as progress:
        report = rebuild(documents, vectors, progress)
    _show(report, as_json, _report_text)


@main.command(help="回答一个问题，并列出依据。退出码：0 已回答，1 文档中没有答案，2 出错。")
@click.argument("question")
@click.option("-k", default=5, show_default=True, type=click.IntRange(1, 100), help="最多列出几段依据。")
@_vectors
@_json
def ask(question: str, k: int, vectors: Path | None, as_json: bool) -> None:
    answer = KnowledgeBase.open(vectors).ask(question, k=k, today=date.today())
    _show(answer, as_json, _answer_text)
    if answer.status != "answered":
        sys.exit(NOT_ANSWERED)


@main.command(help="列出与问题最接近的段落。退出码：0 成功，2 出错。")
@click.argument("question")
@click.option("-k", default=5, show_default=True, type=click.IntRange(1, 100), help="列出几段。")
@click.option("--explain", is_flag=True, help="同时列出得分由哪些部分组成。")
@_vectors
@_json
def retrieve(question: str, k: int, explain: bool, vectors: Path | None, as_json: bool) -> None:
    hits = KnowledgeBase.open(vectors).retrieve(question, k)
    _show(hits, as_json, lambda found: "\n\n".join(_hit_text(rank, hit, explain) for rank, hit in enumerate(found, 1)))


@main.command(help="说明索引里有什么：文档、段落、编码器、跳过的文件。退出码：0 成功，2 出错。")
@_vectors
@_json
def info(vectors: Path | None, as_json: bool) -> None:
    knowledge_base = KnowledgeBase.open(vectors)
    described = {**knowledge_base.describe(), "documents": knowledge_base.documents()}
    _show(described, as_json, _info_text)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A function to report progress to, shown as a bar for each stage on the terminal."""
    from tqdm import tqdm

    bars: dict[str, Any] = {}

    def report(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = tqdm(total=total, desc=stage, unit="条", disable=None)
        bars[stage].update(done - bars[stage].n)

    try:
        yield report
    finally:
        for bar in bars.values():
            bar.close()


def _show(value: Any, as_json: bool, as_text: Callable[[Any], str]) -> None:
    click.echo(json.dumps(_plain(value), ensure_ascii=False, indent=2) if as_json else as_text(value))


def _plain(value: Any) -> Any:
    """The value in JSON's types; records by their attribute names, hits with `source` and `text` too."""
    if is_dataclass(value) and not isinstance(value, type):
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"source": value.source, "text": value.text, **plain} if isinstance(value, Hit) else plain
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


def _report_text(report: BuildReport) -> str:
    done = "没有变化" if report.unchanged else f"新编码 {report.encoded} 条"
    counts = f"{report.documents} 份文档，{report.passages} 个段落，{report.units} 条向量（{done}）"
    lines = [
        f"{counts}，用时 {report.seconds:.1f} 秒",
        *(f"跳过 {file.source!r}：{file.reason}" for file in report.skipped),
    ]
    return "\n".join(lines)


def _answer_text(answer: Answer) -> str:
    cited = [_citation_text(rank, citation) for rank, citation in enumerate(answer.citations, 1)]
    return "\n\n".join([answer.text, *cited])


def _citation_text(rank: int, citation: Citation) -> str:
    place = " › ".join([*citation.section, *([f"第{citation.paragraph}段"] if citation.paragraph else [])])
    said_by = "，".join(str(part) for part in (citation.issuer, citation.published) if part)
    heading = f"[{rank}] 《{citation.title}》" + (f"（{said_by}）" if said_by else "") + (f" {place}" if place else "")
    return f"{heading}\n    {citation.quote}\n    —— {citation.source}"


def _hit_text(rank: int, hit: Hit, explain: bool) -> str:
    parts = " ".join(f"{name}={value:.3f}" for name, value in hit.parts.items())
    heading = f"[{rank}] {hit.score:.3f} 《{hit.document.title}》 {' › '.join(hit.passage.section)} —— {hit.source}"
    return "\n".join([heading, *([f"    {parts}"] if explain else []), f"    {hit.text}"])


def _info_text(described: dict[str, Any]) -> str:
    facts = [f"{name}: {value}" for name, value in described.items() if name not in ("documents", "skipped")]
    held = [f"  《{card.title}》 {card.issuer or '机关不详'} —— {card.id}" for card in described["documents"]]
    skipped = [f"  {file.source!r}：{file.reason}" for file in described["skipped"]]
    return "\n".join([*facts, f"文档 {len(held)} 份：", *held, f"跳过 {len(skipped)} 个文件：", *skipped])
