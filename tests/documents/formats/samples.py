"""Where the sample files are, and what more than one test expects of them."""

from __future__ import annotations

from pathlib import Path

from qa.documents.formats import Extract

SAMPLES = Path(__file__).parent / "samples"
SEEDS = Path(__file__).parents[3] / "seeds"

TITLE = "宁波市镇海区科学技术局关于印发《2024年科技工作要点》的通知"
NOTICE = [
    TITLE,
    "镇科〔2024〕6号",
    "各镇人民政府、街道办事处：",
    "现将《2024年科技工作要点》印发给你们，请结合实际，认真抓好贯彻落实。",
    "一、总体要求",
    "坚持以习近平新时代中国特色社会主义思想为指导，深入实施创新驱动发展战略，全年新增高新技术企业100家，"
    "研发投入强度达到3.5%，技术交易额突破15亿元，为全区高质量发展提供坚实的科技支撑。",
    "二、重点任务",
    "（一）培育创新主体",
    "1.实施企业梯队培育。全年入库科技型中小企业200家，新增省科技小巨人企业2家，对首次认定的企业给予奖励，"
    "并在用地、用能、人才引进等方面给予支持。",
    "2.建设研发机构。新建省级企业研究院5家。",
    "（二）强化人才引育",
    "引进高层次人才团队10个，建设青年科学家工作室3个，持续优化人才公寓、子女入学、医疗保障等服务，"
    "营造近悦远来的人才生态。",
    "表1 主要指标",
]
HEADS = "表1 主要指标：类别 | 指标 | 2024年 目标 | 2024年 完成"
ROWS = [
    ("类别 | 指标 | 2024年 | 2024年", "表1 主要指标"),
    ("类别 | 指标 | 目标 | 完成", "表1 主要指标"),
    ("企业 | 高新技术企业（家） | 100 | 112", HEADS),
    ("企业 | 科技型中小企业（家） | 200 | 231", HEADS),
    ("投入 | 研发投入强度（%） | 3.5 | 3.6", HEADS),
]


def marked(found: Extract, kind: str) -> list[tuple[int, str]]:
    """The texts marked as of a kind, each with its level."""
    return [(mark.level, found.text[mark.start : mark.end]) for mark in found.marks if mark.kind == kind]


def rows(found: Extract) -> list[tuple[str, str]]:
    """The table rows, each with its context."""
    return [(found.text[mark.start : mark.end], mark.context) for mark in found.marks if mark.kind == "row"]
