"""What is read from each of the five seed documents, exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa.documents.passages import split_passages
from qa.records import Document, DocumentCard
from tests.documents.reading import read_documents

SEEDS = Path(__file__).parents[2] / "seeds"

CARDS = [
    DocumentCard(
        id="000_d3b0be56f09bab36.txt",
        source="000_d3b0be56f09bab36.txt",
        title="宁波市海曙区科学技术局关于印发《海曙区科技局2017年工作要点》的通知",
        kind="通知",
        issuer="宁波市海曙区科学技术局",
        region="浙江省宁波市海曙区",
        published=date(2017, 4, 17),
        signed=date(2017, 4, 12),
        number="海科〔2017〕6号",
        contact="55883683",
        years=(2017,),
    ),
    DocumentCard(
        id="001_cee58c647e0cd370.txt",
        source="001_cee58c647e0cd370.txt",
        title="关于印发《2015年全市科技工作要点》的通知",
        kind="通知",
        issuer="郑州市科学技术局",
        region="河南省郑州市",
        published=date(2015, 2, 27),
        signed=date(2015, 2, 27),
        index_number="416049270/2015-00249",
        years=(2015,),
    ),
    DocumentCard(
        id="002_b0bd98c00cc209c5.txt",
        source="002_b0bd98c00cc209c5.txt",
        title="2019年科技创新工作要点",
        kind="工作要点",
        issuer="桐乡市科技局",
        region="浙江省嘉兴市桐乡市",
        published=date(2019, 8, 21),
        index_number="002558235/2019-83493",
        years=(2019,),
    ),
    DocumentCard(
        id="003_024b9de5bcf045bb.txt#1",
        source="003_024b9de5bcf045bb.txt",
        title="新经济和科技局工作总结和工作计划（第1篇）",
        kind="工作计划",
        issuer="区新经济和科技局",
        of_unnamed_place=True,
    ),
    DocumentCard(
        id="003_024b9de5bcf045bb.txt#2",
        source="003_024b9de5bcf045bb.txt",
        title="新经济和科技局工作总结和工作计划（第2篇）",
        kind="工作计划",
        region="四川省成都市",
    ),
    DocumentCard(
        id="003_024b9de5bcf045bb.txt#3",
        source="003_024b9de5bcf045bb.txt",
        title="新经济和科技局工作总结和工作计划（第3篇）",
        kind="工作计划",
        region="浙江省宁波市慈溪市",
    ),
    DocumentCard(
        id="004_24762a5d06339fde.txt",
        source="004_24762a5d06339fde.txt",
        title="宁波市镇海区科学技术局关于印发2023年工作总结及2024年工作计划的通知",
        kind="通知",
        issuer="宁波市镇海区科学技术局",
        region="浙江省宁波市镇海区",
        signed=date(2024, 4, 3),
        index_number="002958116/2024-201323",
        years=(2023, 2024),
    ),
]

TOPS = {
    "000_d3b0be56f09bab36.txt": [
        (1, "海曙区科技局2017年工作要点"),
        (2, "一、推进创新生态体系建设"),
        (2, "二、推进创新平台体系建设"),
        (2, "三、推进创新主体培育体系建设"),
        (2, "四、推进科技产业发展体系建设"),
        (2, "五、推进企业技术创新体系建设"),
        (2, "六、加强科技队伍自身建设"),
    ],
    "001_cee58c647e0cd370.txt": [
        (1, "附 件:"),
        (1, "2015年全市科技工作要点"),
        (2, "一、总体思路"),
        (2, "二、主要目标"),
        (2, "三、重点工作"),
    ],
    "002_b0bd98c00cc209c5.txt": [
        (1, "一、指导思想"),
        (1, "二、目标任务"),
        (1, "三、重点工作"),
        (2, "(一)聚焦高新技术,增强实体经济创新力。"),
        (2, "(二)聚焦高新企业,增强企业发展竞争力。"),
        (2, "(三)聚焦高新平台,增强创新平台承载力。"),
        (2, "(四)聚焦高新人才,增强人才资源撬动力。"),
        (2, "(五)突出乡村振兴,增强科技惠民支撑力。"),
        (2, "(六)突出科技合作,增强创新资源集聚力。"),
        (2, "(七)突出环境优化,增强创新生态吸引力。"),
        (2, "(八)突出自身建设,增强科技系统战斗力。"),
    ],
    "003_024b9de5bcf045bb.txt#1": [
        (1, "一、特色重点工作"),
        (2, "(一)全力推进新发展动能加快成势"),
        (2, "(二)全力推进高品质项目快速集聚"),
        (2, "(三)全力推进创新引领持续增强"),
        (2, "(四)全力推进创新生态加速完善"),
        (1, "二、存在的问题"),
        (2, "(一)头部企业能级亟待提升"),
        (2, "(二)创新生态环境依然不优"),
        (2, "(三)要素支撑依旧不强"),
        (1, "三、工作计划"),
        (2, "(一)坚持统筹推进"),
        (2, "(二)狠抓主体引育"),
        (2, "(三)优化创新生态"),
        (2, "(四)加快场景呈现"),
        (2, "(五)强化要素支撑"),
    ],
    "004_24762a5d06339fde.txt": [
        (1, "镇海区科学技术局2023年工作总结及2024年工作计划"),
        (2, "一、重点科技指标完成情况"),
        (2, "二、2023年主要工作进展情况"),
        (2, "三、2024年工作计划"),
    ],
}

FURNITURE = [
    "首页", "打印本页", "关闭窗", "验证码", "留言与", "最新更新政策", "Produced By", "政策解读:", ".tif", "下载docx",
    "党组理论中心组", "扫黑除恶", "Word文档下载", "推荐度", "<?xml", "标签:", "文件原文",
]  # fmt: skip

METADATA = {
    "000_d3b0be56f09bab36.txt": [
        "发布日期:2017-04-17信息来源: 区科技局 浏览次数:字号:[ ]",
        "海科〔2017〕6号",
        "宁波市海曙区科学技术局",
        "2017年4月12日",
        "咨询电话: 55883683",
    ],
    "002_b0bd98c00cc209c5.txt": [
        "索引号: 002558235/2019-83493 发布机构: 市科技局",
        "公开方式: 主动公开 发文日期: 2019-08-21",
        "组配分类: 计划总结 文件编号:",
        "发布时间:2019-08-21\xa0\xa011:22 来源:市科技局 浏览次数: 打印",
    ],
    "004_24762a5d06339fde.txt": [
        "索引号: | 002958116/2024-201323 | 主题分类: | 科技,其他 |",
        "成文日期: | 2024-04-03 | 体裁分类: | 通知,其他 |",
        "发布机构: | 区科技局 | 公开方式: | 主动公开 |",
        "宁波市镇海区科学技术局",
        "2024年4月3日",
    ],
}


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    read = [
        document for path in sorted(SEEDS.glob("*.txt")) for document in read_documents(path.name, path.read_bytes())
    ]
    return {document.card.id: document for document in read}


def test_cards(documents: dict[str, Document]) -> None:
    assert [replace(document.card, named=()) for document in documents.values()] == CARDS


def test_places_named(documents: dict[str, Document]) -> None:
    assert documents["000_d3b0be56f09bab36.txt"].card.named == ("浙江省宁波市", "浙江省宁波市海曙区")
    assert "上海市" in documents["002_b0bd98c00cc209c5.txt"].card.named


@pytest.mark.parametrize("id_", TOPS)
def test_top_of_the_heading_tree(documents: dict[str, Document], id_: str) -> None:
    tops = [(section.level, section.title) for section in documents[id_].sections if section.level <= 2]
    assert tops == TOPS[id_]


def test_plan_restarts_its_numbering_below_its_heading(documents: dict[str, Document]) -> None:
    sections = documents["004_24762a5d06339fde.txt"].sections
    plan = next(section for section in sections if section.title == "三、2024年工作计划")
    assert [section.title[:2] for section in sections if section.start > plan.start and section.level == 3] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
    ]
    assert plan.end == len(documents["004_24762a5d06339fde.txt"].text)


def test_numbering_that_goes_on_across_sections(documents: dict[str, Document]) -> None:
    sections = documents["000_d3b0be56f09bab36.txt"].sections
    assert [section.title for section in sections if section.level == 3][-1] == "23.加强党风廉政建设"
    assert sum(section.level == 3 for section in sections) == 23


def test_no_furniture_in_any_passage(documents: dict[str, Document]) -> None:
    texts = [passage.text for document in documents.values() for passage in split_passages(document)]
    assert [(word, text) for word in FURNITURE for text in texts if word in text] == []


@pytest.mark.parametrize("id_", METADATA)
def test_metadata_lines_are_passages(documents: dict[str, Document], id_: str) -> None:
    passages = split_passages(documents[id_])
    assert [passage.text for passage in passages if passage.kind == "metadata"] == METADATA[id_]


def test_the_sentence_with_the_target_stands_under_its_headings(documents: dict[str, Document]) -> None:
    passages = split_passages(documents["004_24762a5d06339fde.txt"])
    summary, found = (passage for passage in passages if "新增高新技术企业110家" in passage.text)
    assert summary.section == ("镇海区科学技术局2023年工作总结及2024年工作计划", "三、2024年工作计划")
    assert found.section == (
        "镇海区科学技术局2023年工作总结及2024年工作计划",
        "三、2024年工作计划",
        "二、推进企业创新主体培育,加速提升科技攻关能力",
        "(一)壮大科技型企业群体",
    )
    assert found.paragraph == 1
