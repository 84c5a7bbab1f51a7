"""The commands, and the exit codes they end with."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import click

from qa.backup import back_up, restore
from qa.cli import wording
from qa.cli.progress import progress_bar
from qa.doctor import examine
from qa.documents.inspection import inspect_file
from qa.errors import QAError
from qa.feedback import read_feedback, write_questions
from qa.keepers import keeper_entry
from qa.knowledge_base import KnowledgeBase, plan_rebuild, rebuild
from qa.records import to_plain
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
        _show(plan_rebuild(documents, vectors), as_json, wording.plan_text)
        return
    with progress_bar() as progress:
        report = rebuild(documents, vectors, progress)
    _show(report, as_json, wording.report_text)


@main.command(help="回答一个问题，并列出依据。退出码：0 已回答，1 文档中没有答案，2 出错。")
@click.argument("question")
@click.option("-k", default=5, show_default=True, type=click.IntRange(1, 100), help="最多列出几段依据。")
@_vectors
@_json
def ask(question: str, k: int, vectors: Path | None, as_json: bool) -> None:
    answer = KnowledgeBase.open(vectors).ask(question, k=k, today=date.today())
    _show(answer, as_json, wording.answer_text)
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
    _show(
        hits,
        as_json,
        lambda found: "\n\n".join(wording.hit_text(rank, hit, explain) for rank, hit in enumerate(found, 1)),
    )


@main.command(help="说明索引里有什么：文档、段落、编码器、跳过的文件。退出码：0 成功，2 出错。")
@_vectors
@_json
def info(vectors: Path | None, as_json: bool) -> None:
    knowledge_base = KnowledgeBase.open(vectors)
    described = {**knowledge_base.describe(), "documents": knowledge_base.documents()}
    _show(described, as_json, wording.info_text)


@main.command(help="说明一个文件读成了什么：文档、标题、段落、页面装饰。退出码：0 成功，2 出错。")
@click.argument("file", type=click.Path(path_type=Path))
@_json
def inspect(file: Path, as_json: bool) -> None:
    _show(inspect_file(file), as_json, wording.inspection_text)


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
    from qa.evaluation.questions import closed, read_questions

    asked = read_questions(questions)
    known = closed(asked)
    with progress_bar() as progress, nullcontext(vectors) if vectors else TemporaryDirectory(prefix="qa-") as folder:
        with running.gathered(read_settings(documents=documents).documents, more) as held:
            rebuild(held, folder, progress)
        outcomes = running.evaluate(KnowledgeBase.open(folder), known, k, only_retrieve, progress)
    click.echo(report.report_text(outcomes, misses))
    if still_open := len(asked) - len(known):
        click.echo(f"另有 {still_open} 个问题没有写明依据（evidence 是 null），没有评。")
    if json_file:
        json.dump(report.report_json(outcomes), json_file, ensure_ascii=False, indent=1)


@main.command(help="检查索引、编码器、磁盘、设置和文档是否完好，并说明如何修复。退出码：0 全部完好，1 有问题，2 出错。")
@_documents
@_vectors
@_json
def doctor(documents: Path | None, vectors: Path | None, as_json: bool) -> None:
    findings = examine(documents, vectors)
    _show(findings, as_json, lambda found: "\n".join(map(wording.finding_line, found)))
    if not all(finding.sound for finding in findings):
        sys.exit(NOT_SOUND)


@main.command(help="把文档、更正和反馈存成一个 .tar.gz 文件，并核对一遍。退出码：0 成功，2 出错。")
@click.argument("file", type=click.Path(path_type=Path))
@_documents
@_vectors
@_json
def backup(file: Path, documents: Path | None, vectors: Path | None, as_json: bool) -> None:
    _show(back_up(file, documents, vectors), as_json, wording.backup_text)


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
    _show(restore(file, documents, vectors, overwrite), as_json, wording.restore_text)


@main.command(help="列出读者对回答的赞和踩，也可写成 evaluate 用的问题文件。退出码：0 成功，2 出错。")
@click.option("--questions", type=click.Path(path_type=Path), help="写入这个问题文件；被踩的题留待填写依据。")
@_vectors
@_json
def feedback(questions: Path | None, vectors: Path | None, as_json: bool) -> None:
    given = read_feedback(vectors)
    if questions:
        click.echo(wording.written_text(questions, write_questions(questions, given), len(given)))
    else:
        _show(given, as_json, wording.feedback_text)


@main.command(help="询问密码，输出资料管理员的一行设置（QA_KEEPERS）。退出码：0 成功，2 出错。")
@click.argument("name")
def keeper(name: str) -> None:
    password = click.prompt("密码", hide_input=True, confirmation_prompt="再输一次", err=True)
    click.echo(f"QA_KEEPERS={keeper_entry(name, password)}")


def _show(value: Any, as_json: bool, as_text: Callable[[Any], str]) -> None:
    click.echo(json.dumps(to_plain(value), ensure_ascii=False, indent=2) if as_json else as_text(value))
