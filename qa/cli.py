"""The command line: python -m qa build | ask | retrieve | info | inspect | evaluate | doctor | backup | restore."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import click

from qa.backup import BackupReport, RestoreReport, back_up, restore
from qa.doctor import Finding, examine
from qa.documents.inspection import Inspection, inspect_file
from qa.errors import QAError
from qa.keepers import keeper_entry
from qa.knowledge_base import KnowledgeBase, plan_rebuild, rebuild
from qa.records import Answer, BuildPlan, BuildReport, Changes, Citation, DocumentCard, Hit, Passage, to_plain
from qa.settings import read_settings

NOT_ANSWERED, NOT_SOUND, FAILED, STOPPED = 1, 1, 2, 130  # exit codes; click uses 2 for wrong usage too


class _Commands(click.Group):
    """Shows every QAError as its message and ends with exit code 2; Ctrl-C ends with 130."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except QAError as error:
            click.echo(f"错误：{error}", err=True)
            sys.exit(FAILED)
        except KeyboardInterrupt:
            click.echo("已停止。重新运行同一命令会接着做，已完成的计算不会重做。", err=True)
            sys.exit(STOPPED)


_AIMS = {"target": "目标", "result": "成效"}
LONGEST_SHOWN = 60  # characters of a passage in `inspect`

_documents = click.option(
    "--documents", type=click.Path(path_type=Path), help="文档目录（默认取 QA_DOCUMENTS，或 seeds）。"
)
_vectors = click.option(
    "--vectors", type=click.Path(path_type=Path), help="索引所在目录（默认取 QA_VECTORS，或 vectors）。"
)
_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON，字段名与 Python 接口一致。")


@click.group(cls=_Commands, help="政策文件问答：从本地文档中找出回答问题的原文段落。")
@click.version_option(package_name="qa", message="%(prog)s %(version)s")
def main() -> None: ...


@main.command(help="读取文档目录，建立或更新索引。退出码：0 成功，2 出错，130 被 Ctrl-C 停止。")
@_documents
@click.option("--dry-run", is_flag=True, help="只说明会有哪些变化，不写任何文件。")
@_vectors
@_json
def build(documents: Path | None, dry_run: bool, vectors: Path | None, as_json: bool) -> None:
    if dry_run:
        _show(plan_rebuild(documents, vectors), as_json, _plan_text)
        return
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


@main.command(help="说明一个文件读成了什么：文档、标题、段落、页面装饰。退出码：0 成功，2 出错。")
@click.argument("file", type=click.Path(path_type=Path))
@_json
def inspect(file: Path, as_json: bool) -> None:
    _show(inspect_file(file), as_json, _inspection_text)


@main.command(
    help="用自己的问题集评测：先为文档建立或更新索引，再逐题提问，按题型列出各项指标。退出码：0 成功，2 出错。"
)
@click.option("--documents", type=click.Path(path_type=Path), help="文档目录（默认取 QA_DOCUMENTS，或 seeds）。")
@click.option("--questions", type=click.Path(path_type=Path), required=True, help="问题文件（JSON Lines）。")
@click.option("--more", type=click.Path(path_type=Path), help="另一个文档目录，只作干扰，不含答案。")
@click.option(
    "--vectors",
    type=click.Path(path_type=Path),
    help="评测用的索引目录，下次可接着用；不写则用临时目录，每次从头编译模型、计算向量。",
)
@click.option("-k", "--k", default=10, show_default=True, type=click.IntRange(1, 100), help="每题看前几段依据。")
@click.option(
    "--json",
    "json_file",
    type=click.File("w", encoding="utf-8", lazy=False),  # a path that cannot be written is told before the work
    help="把指标和逐题结果写入这个 JSON 文件。",
)
@click.option("--misses", is_flag=True, help="列出没有答好的问题。")
@click.option("--retrieve", "only_retrieve", is_flag=True, help="只评检索，不评回答（不看上文）。")
def evaluate(
    documents: Path | None,
    questions: Path,
    more: Path | None,
    vectors: Path | None,
    k: int,
    json_file: TextIO | None,
    misses: bool,
    only_retrieve: bool,
) -> None:
    from qa.evaluation import report, running
    from qa.evaluation.questions import read_questions

    asked = read_questions(questions)
    with progress_bar() as progress, nullcontext(vectors) if vectors else TemporaryDirectory(prefix="qa-") as folder:
        with running.gathered(read_settings(documents=documents).documents, more) as held:
            rebuild(held, folder, progress)
        outcomes = running.evaluate(KnowledgeBase.open(folder), asked, k, only_retrieve, progress)
    click.echo(report.report_text(outcomes, misses))
    if json_file:
        json.dump(report.report_json(outcomes), json_file, ensure_ascii=False, indent=1)


@main.command(help="检查索引、编码器、磁盘、设置和文档是否完好，并说明如何修复。退出码：0 全部完好，1 有问题，2 出错。")
@_documents
@_vectors
@_json
def doctor(documents: Path | None, vectors: Path | None, as_json: bool) -> None:
    findings = examine(documents, vectors)
    _show(findings, as_json, lambda found: "\n".join(map(_finding_line, found)))
    if not all(finding.sound for finding in findings):
        sys.exit(NOT_SOUND)


@main.command(help="把文档、更正和反馈存成一个 .tar.gz 文件，并核对一遍。退出码：0 成功，2 出错。")
@click.argument("file", type=click.Path(path_type=Path))
@_documents
@_vectors
@_json
def backup(file: Path, documents: Path | None, vectors: Path | None, as_json: bool) -> None:
    _show(back_up(file, documents, vectors), as_json, _backup_text)


@main.command(
    name="restore",
    help="从备份恢复文档、更正和反馈；备份里没有的文件保持不动，完成后请运行 build。退出码：0 成功，2 出错。",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="覆盖已存在且内容不同的文件。")
@_documents
@_vectors
@_json
def restore_command(file: Path, overwrite: bool, documents: Path | None, vectors: Path | None, as_json: bool) -> None:
    _show(restore(file, documents, vectors, overwrite), as_json, _restore_text)


@main.command(help="询问密码，输出资料管理员的一行设置（QA_KEEPERS）。退出码：0 成功，2 出错。")
@click.argument("name")
def keeper(name: str) -> None:
    password = click.prompt("密码", hide_input=True, confirmation_prompt="再输一次", err=True)
    click.echo(f"QA_KEEPERS={keeper_entry(name, password)}")


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
    click.echo(json.dumps(to_plain(value), ensure_ascii=False, indent=2) if as_json else as_text(value))


def _report_text(report: BuildReport) -> str:
    done = "没有变化" if report.unchanged else f"新编码 {report.encoded} 条"
    counts = f"{report.documents} 份文档，{report.passages} 个段落，{report.units} 条向量（{done}）"
    dropped = sum(report.dropped.values())
    lines = [
        f"{counts}，用时 {report.seconds:.1f} 秒",
        f"读取 {report.read} 个文件，沿用 {report.reused} 个；{_changes_text(report.changes)}",
        *([f"舍去 {dropped} 字（{len(report.dropped)} 个文件中的页眉页脚、网页导航等）"] if dropped else []),
        *(f"跳过 {file.source!r}：{file.reason}" for file in report.skipped),
        *(f"可疑 {file.source!r}：{file.reason}" for file in report.suspicious),
        *(f"内容几乎相同：{'、'.join(map(repr, group))}" for group in report.duplicates),
    ]
    return "\n".join(lines)


def _changes_text(changes: Changes) -> str:
    counts = {
        "新增": len(changes.new),
        "修改": len(changes.changed),
        "改名": len(changes.renamed),
        "删除": len(changes.deleted),
        "未变": changes.unchanged,
    }
    text = "，".join(f"{name} {count} 个" for name, count in counts.items())
    return text + ("；读取规则有变，全部重新读取" if changes.reread else "")


def _plan_text(plan: BuildPlan) -> str:
    changes = plan.changes
    lines = [
        _changes_text(changes),
        *(f"新增 {source!r}" for source in changes.new),
        *(f"修改 {source!r}" for source in changes.changed),
        *(f"改名 {before!r} → {now!r}" for before, now in changes.renamed),
        *(f"删除 {source!r}" for source in changes.deleted),
        *(f"跳过 {file.source!r}：{file.reason}" for file in plan.skipped),
    ]
    return "\n".join(lines)


def _inspection_text(inspection: Inspection) -> str:
    lines = [f"{inspection.source}：{len(inspection.documents)} 份文档，舍去 {inspection.dropped} 字"]
    lines += [f"可疑：{doubt}" for doubt in inspection.doubts]
    for document in inspection.documents:
        card = to_plain(document.card)
        known = {**card, **card.pop("validity")}
        lines += ["", f"《{document.card.title}》", *(f"  {name}: {value}" for name, value in known.items() if value)]
        lines += ["标题：", *(f"{'  ' * section.level}{section.title}" for section in document.sections)]
        lines += ["段落：", *map(_passage_line, document.passages)]
        lines += ["页面装饰：", *(f"  {_shortened(text)}" for text in document.furniture)]
    return "\n".join(lines)


def _passage_line(passage: Passage) -> str:
    page = f"第{passage.page}页 " if passage.page else ""
    told = " ".join([*map(str, passage.years), *([_AIMS[passage.aim]] if passage.aim else [])])
    place = " › ".join(passage.section)
    return f"  {page}[{passage.kind}] {place}：{_shortened(passage.text)}" + (f"（{told}）" if told else "")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"


def _answer_text(answer: Answer) -> str:
    cited = [_citation_text(rank, citation) for rank, citation in enumerate(answer.citations, 1)]
    return "\n\n".join([answer.text, *cited])


def _citation_text(rank: int, citation: Citation) -> str:
    return f"[{rank}] {citation.formal()}\n    {citation.quote}\n    —— {citation.source}"


def _hit_text(rank: int, hit: Hit, explain: bool) -> str:
    parts = " ".join(f"{name}={value:.3f}" for name, value in hit.parts.items())
    place = " › ".join([*hit.passage.section, *([f"第{hit.page}页"] if hit.page else [])])
    heading = f"[{rank}] {hit.score:.3f} 《{hit.document.title}》 {place} —— {hit.source}"
    return "\n".join([heading, *([f"    {parts}"] if explain else []), f"    {hit.text}"])


def _card_line(card: DocumentCard) -> str:
    validity = card.validity
    ended = "自称已废止" if validity.repealed else ""
    repealed = f"被 {'、'.join(validity.repealed_by)} 废止" if validity.repealed_by else ""
    expires = f"有效期至 {validity.expires}" if validity.expires else ""
    alike = f"与 {'、'.join(card.duplicates)} 内容几乎相同" if card.duplicates else ""
    notes = "；".join(filter(None, [ended, repealed, expires, alike]))
    return f"  《{card.title}》 {card.issuer or '机关不详'} —— {card.id}" + (f"（{notes}）" if notes else "")


def _backup_text(report: BackupReport) -> str:
    feedback = "和反馈" if report.feedback else "；没有反馈"
    lines = [f"{report.file}：{report.documents} 个文件（含更正）{feedback}，已核对"]
    return "\n".join([*lines, *(f"没有放入 {name!r}：不是文档目录里的普通文件" for name in report.left_out)])


def _restore_text(report: RestoreReport) -> str:
    counts = f"恢复 {len(report.restored)} 个文件，{report.kept} 个本来就相同"
    done = [f"覆盖 {name!r}" for name in report.replaced]
    return "\n".join([counts, *done, "请运行 python -m qa build 更新索引。"])


def _finding_line(finding: Finding) -> str:
    return f"{'✓' if finding.sound else '✗'} {finding.check}：{finding.text}"


def _info_text(described: dict[str, Any]) -> str:
    lists = ("documents", "skipped", "suspicious")
    facts = [f"{name}: {value}" for name, value in described.items() if name not in lists]
    held = [_card_line(card) for card in described["documents"]]
    skipped = [f"  {file.source!r}：{file.reason}" for file in described["skipped"]]
    suspicious = [f"  {file.source!r}：{file.reason}" for file in described["suspicious"]]
    listed = [f"文档 {len(held)} 份：", *held, f"跳过 {len(skipped)} 个文件：", *skipped]
    return "\n".join([*facts, *listed, f"可疑 {len(suspicious)} 个文件：", *suspicious])
