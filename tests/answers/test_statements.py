from __future__ import annotations

from datetime import date

import pytest

from qa.answers.statements import find_fields, statement_span
from qa.records import Hit
from qa.retrieval.questions import read_question
from qa.text.sentences import LONGEST_SENTENCE
from tests.answers.samples import hit


def said(asked: str, text: str, supporting: str) -> str:
    start = text.index(supporting)
    span = statement_span(read_question(asked), hit(text, (start, start + len(supporting))))
    return text[slice(*span)]


def test_the_supporting_sentence_alone() -> None:
    text = "全区设服务点5处。服务点周末开放。节假日另行通知。"
    assert said("服务点周末开放吗", text, "服务点周末开放。") == "服务点周末开放。"


def test_a_sentence_that_only_leads_comes_with_what_follows() -> None:
    text = "二是壮大护理队伍。开展护理员培训，落实入职奖补。三是强化监管。"
    assert said("护理队伍发展方向", text, "二是壮大护理队伍。") == "二是壮大护理队伍。开展护理员培训，落实入职奖补。"
    text = "申请人提交以下材料：\n申请表原件；\n户口簿复印件。"
    assert said("提交材料", text, "申请人提交以下材料：") == text


def test_a_cell_that_says_no_more_than_the_question_comes_with_the_rest_of_its_row() -> None:
    row = "一级资质核准\n住房和城乡建设局\n《管理条例》第二十九条"
    assert said("一级资质核准由谁来办", row, "一级资质核准") == row
    assert said("一级资质核准由谁来办", row, "住房和城乡建设局") == "住房和城乡建设局"


def test_how_is_answered_with_what_follows_up_to_the_next_number() -> None:
    text = "企业登录平台填报。经审核后公示。（二）监督检查"
    assert said("企业如何申报", text, "企业登录平台填报。") == "企业登录平台填报。经审核后公示。"


def test_never_longer_than_may_be_quoted() -> None:
    text = "按以下步骤办理：" + "提交材料并等待审核结果。" * 60
    found = said("怎么办理", text, "按以下步骤办理：")
    assert found.endswith("。")
    assert LONGEST_SENTENCE - 12 < len(found) <= LONGEST_SENTENCE


METADATA = "文号：榕政办〔2025〕12号\n发文机关：福州市人民政府办公室\n成文日期：2025年03月04日"
CARD = {"number": "榕政办〔2025〕12号", "issuer": "福州市人民政府办公室", "signed": date(2025, 3, 4)}


def fields(asked: str, *hits: Hit) -> list[tuple[int, str]]:
    return find_fields(read_question(asked), hits)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("这个通知的文号是多少", ["文号：榕政办〔2025〕12号"]),
        ("通知是哪个部门印发的", ["发文机关：福州市人民政府办公室"]),
        ("通知的成文日期是哪天", ["成文日期：2025年03月04日"]),
        ("通知的发布日期是哪天", ["成文日期：2025年03月04日"]),  # the only date that is known
        ("通知的文号和成文日期是什么", ["文号：榕政办〔2025〕12号", "成文日期：2025年03月04日"]),
        ("通知的索引号是多少", []),
    ],
)
def test_fields_of_a_document_as_they_stand(asked: str, told: list[str]) -> None:
    assert [text for _, text in fields(asked, hit(METADATA, **CARD))] == told  # type: ignore[arg-type]


def test_a_field_stands_in_a_passage_of_the_best_document() -> None:
    best = hit("全文如下。", (0, 5), **CARD)  # type: ignore[arg-type]
    own = hit(METADATA, **CARD)  # type: ignore[arg-type]
    other = hit("文号：榕政办〔2025〕99号", id="other", number="榕政办〔2025〕99号")
    assert fields("文号是多少", best, other, own) == [(2, "文号：榕政办〔2025〕12号")]
    assert fields("文号是多少", best, other) == []


def test_a_date_in_numerals_is_told_as_it_stands() -> None:
    notice = hit("某市人民政府办公室\n二〇二五年三月四日", **CARD)  # type: ignore[arg-type]
    assert fields("通知是哪天印发的", notice) == [(0, "成文日期：二〇二五年三月四日")]


def test_bodies_with_space_between_them_are_the_issuer() -> None:
    notice = hit("某县人力资源和社会保障局  某县财政局", issuer="某县人力资源和社会保障局、某县财政局")
    assert fields("通知是哪两个部门联合发的", notice) == [(0, "发文机关：某县人力资源和社会保障局  某县财政局")]


def test_who_and_when_are_told_both_though_only_one_date_is_known() -> None:
    told = [text for _, text in fields("榕政办〔2025〕12号什么时候发的，谁发的", hit(METADATA, **CARD))]  # type: ignore[arg-type]
    assert told == ["发文机关：福州市人民政府办公室", "成文日期：2025年03月04日"]


def test_what_a_number_is_of_is_told_by_the_title() -> None:
    title = "福州市人民政府办公室关于促进养老服务的通知"
    above = hit(METADATA, **CARD, title=title)  # type: ignore[arg-type]
    alone = hit("关于促进养老服务的通知", **CARD, title=title)  # type: ignore[arg-type]
    assert fields("榕政办〔2025〕12号是什么文件", above, alone) == [(1, "标题：关于促进养老服务的通知")]
    assert fields("榕政办〔2025〕12号是什么时候发的", above, alone) == [(0, "成文日期：2025年03月04日")]
    assert fields("通知的文号是什么", above, alone) == [(0, "文号：榕政办〔2025〕12号")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9.适龄女生HPV疫苗免费接种3200人。（妇幼科）", "9.适龄女生HPV疫苗免费接种3200人。（妇幼科）"),
        ("（四）做优大葱。大葱12万亩。（产业发展科　马骏）", "（四）做优大葱。大葱12万亩。（产业发展科　马骏）"),
        ("加装电梯60台。牵头单位：房产处；责任人：徐蕾。", "加装电梯60台。牵头单位：房产处；责任人：徐蕾。"),
        ("加装电梯60台。按标准补贴。", "加装电梯60台。"),
    ],
)
def test_by_whom_something_is_done_is_told_with_it(text: str, told: str) -> None:
    end = text.index("。") + 1
    asked = read_question("这项工作由哪个科室负责")
    assert text[slice(*statement_span(asked, hit(text, (0, end))))] == told
