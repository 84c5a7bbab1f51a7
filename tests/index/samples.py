"""Small documents for the tests of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from qa.records import Block, Document, DocumentCard, Passage, Section, Told

Documents = list[tuple[Document, list[Passage]]]


def make_document(name: str, paragraphs: Sequence[str], context: str = "") -> tuple[Document, list[Passage]]:
    """A document of these paragraphs, each a passage."""
    text = "\n".join(paragraphs)
    passages, start = [], 0
    for number, paragraph in enumerate(paragraphs, 1):
        end = start + len(paragraph)
        identity = f"{name}#{number}"
        passages.append(Passage(identity, name, "paragraph", paragraph, start, end, ("一、总体要求",), number, context))
        start = end + 1
    card = DocumentCard(name, f"{name}.txt", f"{name}的通知", region="宁波市镇海区", published=date(2024, 3, 1))
    blocks = (Block("paragraph", 0, len(text)),)
    return Document(card, text, blocks, (Section("一、总体要求", 1, 0, len(text)),)), passages


def policy_documents() -> Documents:
    return [
        make_document(
            "甲", ["2024年新增高新技术企业100家。全区研发投入强度达到3.5%。", "加快人才引进。"], "镇海区｜科技"
        ),
        make_document("乙", ["粮食播种面积稳定在20万亩以上。推进高标准农田建设，新建1万亩。"], "北仑区｜农业"),
        make_document("丙", ["新建幼儿园5所。", "社区食堂覆盖率达到80%。", "改造老旧小区12个。"], "镇海区｜民生"),
    ]


def table_document() -> tuple[Document, list[Passage]]:
    """A document of one table row."""
    document, (passage,) = make_document("丁", ["停车位 | 30 | 34"])
    told = (Told("停车位年度目标30个", "年度目标", "停车位"), Told("停车位实际完成34个", "实际完成", "停车位", "全区"))
    row = Block("row", 0, len(document.text), context="指标 | 年度目标 | 实际完成", told=told)
    return replace(document, blocks=(row,)), [replace(passage, kind="row", told=told)]


def listing(folder: Path) -> list[tuple[str, int, bytes]]:
    """Every file under a folder with its time of change and its content."""
    files = sorted(folder.rglob("*"))
    return [(str(f), f.stat().st_mtime_ns, f.read_bytes() if f.is_file() else b"") for f in files]
