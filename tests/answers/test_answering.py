from __future__ import annotations

from dataclasses import replace
from datetime import date

from qa.answers.answering import compose_answer, compose_comparison
from qa.answers.confidence import read_fit
from qa.answers.library import Library
from qa.records import Aim, Document, Hit, Question, Validity
from qa.retrieval.questions import read_question
from tests.answers.samples import TEXT, covering, hit, with_parts


def library(*hits: Hit) -> Library:
    """One in which every question finds these hits, in documents without lists."""
    cards = {found.document.id: found.document for found in hits}
    return Library(
        lambda _: hits,
        covering(hits),
        lambda: frozenset(),
        lambda id_: Document(cards[id_], "", (), ()),
        lambda _: (),
        lambda _: (),
        read_fit(),
    )


def test_the_answer_is_the_supporting_sentence_with_its_citation() -> None:
    answer = compose_answer(Question("新增高新技术企业的措施", "问"), library(hit()), 10)
    assert (answer.status, answer.text) == ("answered", "新增高新技术企业110家。")
    [citation] = answer.citations
    assert citation.quote == "新增高新技术企业110家。"
    assert (citation.text, citation.start, citation.end) == (TEXT, 5, 5 + len(TEXT))
    assert (citation.source, citation.section, citation.paragraph) == ("d.txt", ("一、目标",), 2)
    assert citation.published == date(2024, 4, 3)  # signed then, where no date of publication is known


def test_nothing_is_held_of_the_places_in_the_region_named() -> None:
    answer = compose_answer(read_question("福建各市2025年工业投资额是多少"), library(hit(region="福建省")), 10)
    assert (answer.status, answer.reason) == ("not_found", "没有福建省各市的文档")
    assert len(answer.nearest) == 1


def test_a_refusal_gives_its_reason_and_what_is_nearest() -> None:
    answer = compose_answer(
        Question("问", "问", regions=("浙江省宁波市余姚市",)), library(hit(of_unnamed_place=True)), 10
    )
    assert (answer.status, answer.citations) == ("not_found", ())
    assert answer.reason == "没有余姚市的文档"
    assert answer.text == "现有文档里没有答案：没有余姚市的文档。"
    assert [citation.source for citation in answer.nearest] == ["d.txt"]


def test_which_way_of_two_something_goes_compares_nothing() -> None:
    text = "租房补贴直接支付产权人，每月500元。"
    found = hit(text, (0, len(text)))
    assert compose_answer(read_question("租房补贴打到卡里还是直接给产权人"), library(found), 10).text == text
    amount = compose_answer(read_question("租房补贴涨了还是跌了，每月多少元"), library(found), 10)
    assert [figure.text for figure in amount.figures] == ["500元"]


def test_things_told_in_turn_by_one_sentence_are_told_by_it() -> None:
    text = "入境游客数量和花费分别增长47.8%、52.3%。"
    answer = compose_answer(
        read_question("2025年入境游客数量和花费分别增长多少"), library(hit(text, (0, len(text)))), 10
    )
    assert answer.comparison is None
    assert answer.figures[0].wording == "入境游客数量和花费分别增长47.8%、52.3%"


def test_the_year_that_is_asked_for_is_told_where_the_sentence_leaves_it_out() -> None:
    text = "今年全面取消农业税。"
    found = hit(text, (0, len(text)), years=(2006,))
    found = replace(found, passage=replace(found.passage, years=(2006,)))
    answer = compose_answer(read_question("农业税是哪一年取消的"), library(found), 10)
    assert answer.text == "2006年：今年全面取消农业税。"
    assert compose_answer(read_question("农业税是怎么取消的"), library(found), 10).text == text


def test_the_place_and_the_year_of_a_figure_are_told_where_the_sentence_leaves_them_out() -> None:
    found = hit(region="浙江省宁波市镇海区", years=(2024,))
    found = replace(found, passage=replace(found.passage, years=(2024,)))
    answer = compose_answer(read_question("新增110家高企是哪个区哪一年的目标"), library(found), 10)
    assert answer.text == "镇海区2024年：新增高新技术企业110家。"


def test_years_in_the_title_of_one_document_are_not_set_side_by_side() -> None:
    asked = "某局2023年总结和2024年计划是哪天印发的"
    both = hit(title="2023年工作总结及2024年工作计划", years=(2023, 2024))
    assert compose_answer(read_question(asked), library(both), 10).comparison is None
    assert compose_answer(read_question(asked), library(hit(title="2024年工作计划")), 10).comparison is not None


def _weighed(found: Hit) -> Hit:
    return with_parts(found, coverage=0.9, figure=1.0)


def test_one_figure_of_both_things_is_no_comparison() -> None:
    text = "将制造业税率和建筑业税率统一为9%。"
    answer = compose_answer(
        read_question("制造业税率和建筑业税率分别是多少"), library(_weighed(hit(text, (0, len(text))))), 10
    )
    assert (answer.comparison, [figure.text for figure in answer.figures]) == (None, ["9%"])


def test_a_field_that_no_hit_tells_is_looked_for_in_the_whole_document() -> None:
    found = hit(number="某政令第108号")
    line = replace(found.passage, id="d@0", text="某政令第108号", start=0, end=8, kind="metadata")
    shelf = replace(library(found), passages=lambda _: (line, found.passage))
    answer = compose_answer(read_question("工作计划的文号是多少"), shelf, 10)
    assert answer.text == "文号：某政令第108号"
    assert [citation.text for citation in answer.citations] == ["某政令第108号", TEXT]


def test_a_date_is_told_with_the_sentence_that_it_is_read_from() -> None:
    text = "各单位要遵照执行。本通知自2011年3月17日起施行，有效期5年。"
    found = hit(text, (0, 9), validity=Validity(effective=date(2011, 3, 17)))
    answer = compose_answer(read_question("工作计划从哪天开始施行，有效期几年"), library(found), 10)
    assert answer.text == "施行日期：2011年3月17日\n“本通知自2011年3月17日起施行，有效期5年。”"
    assert answer.citations[0].quote == "本通知自2011年3月17日起施行，有效期5年。"


def test_without_hits_there_is_no_answer() -> None:
    answer = compose_answer(Question("问", "问"), library(), 10)
    assert (answer.status, answer.reason, answer.nearest) == ("not_found", "没有与问题有关的内容", ())


def test_places_that_answer_equally_well_are_set_side_by_side_where_none_is_named() -> None:
    def told(region: str, count: int) -> Hit:
        text = f"新增高新技术企业{count}家。"
        found = with_parts(hit(text, (0, len(text)), region=region, years=(2024,), id=region), coverage=0.9, figure=1.0)
        return replace(found, passage=replace(found.passage, id=region, document_id=region))

    places = [told("福建省厦门市", 60), told("福建省福州市", 50)]
    shelf = replace(
        library(*places),
        retrieve=lambda asked: [h for h in places if h.document.region in asked.regions or not asked.regions],
    )
    answer = compose_answer(read_question("2024年新增高新技术企业多少家"), shelf, 10)
    assert answer.comparison is not None
    assert [cell.text for cell in answer.comparison.cells] == ["新增高新技术企业60家", "新增高新技术企业50家"]
    named = compose_answer(read_question("厦门2024年新增高新技术企业多少家"), shelf, 10)
    assert (named.comparison, [figure.text for figure in named.figures]) == (None, ["60家"])


def test_a_citation_says_what_it_was_found_by_and_what_repeats_it() -> None:
    found = replace(hit(duplicates=("副本.txt",)), alike=(("另一份.txt", "p"),))
    [citation] = compose_answer(Question("新增高新技术企业的措施", "问"), library(found), 10).citations
    assert citation.parts == found.parts
    assert citation.matched == ("新增高新技术企业",)
    assert citation.alike == ("另一份.txt", "副本.txt")


def test_a_side_that_asks_for_a_result_outright_is_told_one_where_there_is_any() -> None:
    def told(text: str, aim: Aim, fit: float) -> Hit:
        found = with_parts(hit(text, (0, len(text)), region="福建省厦门市", id=text), aim=fit)
        return replace(found, passage=replace(found.passage, id=text, document_id=text, aim=aim))

    target, result = told("绿化率提高到45%。", "target", 0.0), told("绿化率达到43%。", "result", 1.0)
    shelf = library(target, result)
    side = read_question("厦门绿化率实际是多少")
    answer = compose_comparison(side, (side,), shelf, 10)
    assert [figure.text for figure in answer.figures] == ["达到43%"]


def test_what_tells_of_the_town_that_is_asked_of_comes_first() -> None:
    def told(text: str) -> Hit:
        found = hit(text, (0, len(text)), region="福建省泉州市晋江市", id=text)
        return replace(found, passage=replace(found.passage, id=text, document_id=text))

    shelf = library(told("三年合计改造企业1500家。"), told("陈埭镇改造企业244家。"))
    answer = compose_answer(read_question("晋江陈埭镇三年合计改造多少家企业"), shelf, 10)
    assert [figure.text for figure in answer.figures] == ["244家"]
    other = compose_answer(read_question("晋江安海镇三年合计改造多少家企业"), shelf, 10)
    assert other.reason == "文档里没有写明“安海镇”的这项内容"
