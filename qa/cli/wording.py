"""What the commands print of plans, reports, answers and documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qa.backup import BackupReport, RestoreReport
from qa.doctor import Finding
from qa.documents.inspection import Inspection
from qa.feedback import Feedback
from qa.records import Answer, BuildPlan, BuildReport, Changes, Citation, DocumentCard, Hit, Passage, to_plain

_AIMS = {"target": "目标", "result": "成效"}
LONGEST_SHOWN = 60  # characters of a passage in `inspect`


def report_text(report: BuildReport) -> str:
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


def plan_text(plan: BuildPlan) -> str:
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


def inspection_text(inspection: Inspection) -> str:
    lines = [f"{inspection.source}：{len(inspection.documents)} 份文档，舍去 {inspection.dropped} 字"]
    lines += [f"可疑：{doubt}" for doubt in inspection.doubts]
    for document in inspection.documents:
        card = to_plain(document.card)
        known = {**card, **card.pop("validity")}
        lines += ["", f"《{document.card.title}》", *(f"  {name}: {value}" for name, value in known.items() if value)]
        lines += ["标题：", *(f"{'  ' * section.level}{section.title}" for section in document.sections)]
        lines += ["段落："]
        for passage in document.passages:
            lines += [_passage_line(passage), *(f"    = {figure.text}" for figure in passage.told)]
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


def answer_text(answer: Answer) -> str:
    cited = [_citation_text(rank, citation) for rank, citation in enumerate(answer.citations, 1)]
    return "\n\n".join([answer.text, *cited])


def _citation_text(rank: int, citation: Citation) -> str:
    return f"[{rank}] {citation.formal()}\n    {citation.quote}\n    —— {citation.source}"


def hit_text(rank: int, hit: Hit, explain: bool) -> str:
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


def backup_text(report: BackupReport) -> str:
    feedback = "和反馈" if report.feedback else "；没有反馈"
    lines = [f"{report.file}：{report.documents} 个文件（含更正）{feedback}，已核对"]
    return "\n".join([*lines, *(f"没有放入 {name!r}：不是文档目录里的普通文件" for name in report.left_out)])


def restore_text(report: RestoreReport) -> str:
    counts = f"恢复 {len(report.restored)} 个文件，{report.kept} 个本来就相同"
    done = [f"覆盖 {name!r}" for name in report.replaced]
    return "\n".join([counts, *done, "请运行 python -m qa build 更新索引。"])


def feedback_text(given: Sequence[Feedback]) -> str:
    ups = sum(each.liked for each in given)
    return "\n".join([f"{ups} 个赞，{len(given) - ups} 个踩", *map(_feedback_lines, given)])


def _feedback_lines(given: Feedback) -> str:
    thumb = "赞" if given.liked else f"踩 {given.reason}"
    lines = [
        f"{given.given[:16].replace('T', ' ')} UTC {thumb}{'（另限定了范围）' if given.limited else ''}",
        f"    问：{' → '.join([*given.history, given.question])}",
        f"    答：{_shortened(given.reply)}" + (f" —— {given.file}" if given.file else ""),
        *([f"    说：{given.words}"] if given.words else []),
    ]
    return "\n".join("".join(map(_seen, line)) for line in lines)


def _seen(character: str) -> str:
    """Spelled out where it would command the terminal: whoever can ask can give feedback."""
    return character if character.isprintable() else f"[U+{ord(character):04X}]"


def written_text(file: Path, written: int, given: int) -> str:
    left_out = f"；{given - written} 个赞没有写入，提问时另限定了范围" if written < given else ""
    return f"{file}：{written} 个问题{left_out}。被踩的题 evidence 是 null，请填写依据（见 README）。"


def finding_line(finding: Finding) -> str:
    return f"{'✓' if finding.sound else '✗'} {finding.check}：{finding.text}"


def info_text(described: dict[str, Any]) -> str:
    lists = ("documents", "skipped", "suspicious")
    facts = [f"{name}: {value}" for name, value in described.items() if name not in lists]
    held = [_card_line(card) for card in described["documents"]]
    skipped = [f"  {file.source!r}：{file.reason}" for file in described["skipped"]]
    suspicious = [f"  {file.source!r}：{file.reason}" for file in described["suspicious"]]
    listed = [f"文档 {len(held)} 份：", *held, f"跳过 {len(skipped)} 个文件：", *skipped]
    return "\n".join([*facts, *listed, f"可疑 {len(suspicious)} 个文件：", *suspicious])
