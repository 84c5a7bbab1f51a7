from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answers.confidence import answers_likely, read_fit
from qa.answers.refusal import Refusal, find_refusal, plain_reason, told_figure
from qa.records import Hit, Question, Told
from qa.retrieval.questions import read_question
from tests.answers.samples import BESIDE_IT, covering, hit, with_parts

ZHENHAI, YINZHOU, NINGBO = "浙江省宁波市镇海区", "浙江省宁波市鄞州区", "浙江省宁波市"


def reason(question: Question, *hits: Hit) -> str | None:
    refusal = plain_reason(question, hits, covering(hits), told_figure(question, hits))
    return refusal.reason if refusal else None


def whole(text: str, **card: object) -> Hit:
    return hit(text, (0, len(text)), **card)  # type: ignore[arg-type]


def test_what_fits_is_answered() -> None:
    assert reason(read_question("镇海2024年新增多少家高企"), hit(region=ZHENHAI)) is None


def test_no_document_of_that_region() -> None:
    asked = read_question("余姚2024年高企目标")
    assert reason(asked, hit(of_unnamed_place=True)) == "没有余姚市的文档"


def test_an_aim_is_not_told_where_a_result_is_asked_for_outright() -> None:
    found = hit("全年目标新增高新技术企业110家。", (0, 16), region=ZHENHAI, years=(2024,))
    aim = replace(found, passage=replace(found.passage, aim="target", section=()))
    assert reason(read_question("镇海2024年实际新增多少家高企"), aim) == "找到的数字是目标，不是实际"
    assert reason(read_question("镇海2024年新增高企目标是多少家"), aim) is None


def test_a_document_for_the_whole_country_may_answer_for_a_region() -> None:
    assert reason(read_question("余姚的企业怎样申请补贴"), hit()) is None


def test_a_figure_of_a_region_is_not_taken_from_its_neighbour() -> None:
    asked = read_question("镇海新增多少家高企")
    assert reason(asked, hit(region=YINZHOU, named=(ZHENHAI,))) == "没有镇海区的文档写明这项内容"
    assert reason(asked, whole("镇海新增高新技术企业110家。", region=NINGBO, named=(ZHENHAI,))) is None


def test_a_figure_of_a_city_is_not_taken_from_one_of_its_districts() -> None:
    asked = read_question("宁波新增多少家高企")
    assert reason(asked, hit(region=ZHENHAI)) == "没有宁波市的文档写明这项内容"
    assert reason(asked, whole("宁波新增高新技术企业110家。", region=ZHENHAI)) is None


def test_a_wider_place_that_names_a_city_behind_its_own_figure_tells_none_of_the_city() -> None:
    asked = read_question("苏州2025年出口规模是多少亿元")
    report = {"region": "江苏省", "named": ("江苏省苏州市",), "title": "2026年江苏省政府工作报告"}
    assert reason(asked, whole("出口规模8536亿元，苏州工业园区领先。", **report)) == "没有苏州市的文档写明这项内容"
    assert reason(asked, whole("苏州出口规模8536亿元。", **report)) is None
    assert reason(asked, whole("出口规模8536亿元，苏州领先。", **{**report, "title": "工作总结"})) is None


def test_documents_of_the_region_but_not_of_that_year() -> None:
    asked = read_question("镇海2020年新增多少家高企")
    other_year = with_parts(hit(region=ZHENHAI, years=(2024,)), year=0.0)
    assert reason(asked, other_year) == "没有镇海区2020年的文档"
    told_elsewhere = with_parts(hit(region=ZHENHAI, years=(2020, 2021)), year=0.0)
    assert reason(asked, told_elsewhere) == "文档里没有写明2020年的这项内容"
    beside = hit(region=ZHENHAI, years=(2021,))  # which tells of 2020
    assert reason(asked, other_year, beside) == "文档里没有写明2020年的这项内容"
    period = read_question("镇海十三五期间新增多少家高企")
    assert reason(period, other_year) == "没有镇海区2016—2020年的文档"


def test_the_document_does_not_state_that() -> None:
    asked = read_question("镇海2024年失业率目标是多少")
    assert reason(asked, whole("投资增长5%。", region=ZHENHAI)) == "文档里没有写明“失业率”的目标"
    assert reason(asked, whole("城镇调查失业率5%。", region=ZHENHAI)) is None


def test_a_named_figure_of_another_place_states_nothing() -> None:
    asked = read_question("镇海2024年失业率目标是多少")
    other = whole("投资增长5%。", region=ZHENHAI)
    elsewhere = with_parts(whole("城镇调查失业率5%。", region=YINZHOU, named=(ZHENHAI,)), region=0.5)
    assert reason(asked, other, elsewhere) == "文档里没有写明“失业率”的目标"


def test_a_name_may_be_told_in_parts_but_beside_a_figure() -> None:
    asked = read_question("镇海R&D经费占GDP比重是多少")
    assert reason(asked, whole("研发投入(R&D经费支出)达到42亿元,占GDP比重3.2%;", region=ZHENHAI)) is None
    assert reason(asked, whole("提高R&D经费占GDP比重。", region=ZHENHAI)) == "文档里没有写明“R&D经费占GDP比重”的数字"
    grown = whole("粮食连续四年增产，产量达到50万吨。", region=ZHENHAI)
    assert reason(read_question("镇海粮食产量是多少"), grown) is None


@pytest.mark.parametrize(
    ("asked", "told", "name"),
    [
        ("镇海粮食产量是多少", "提升粮食单产，蔬菜产量稳定在200万吨左右。", "粮食产量"),
        ("镇海2025年单位GDP能耗下降目标是多少", "地区生产总值增长5%左右，CPI涨幅2%左右。", "单位GDP能耗"),
        ("镇海2025年研发投入强度是多少", "全社会研发投入增长8%以上。", "研发投入强度"),
        ("镇海高新技术企业有多少家", "新增制造业单项冠军企业8家，高新技术企业队伍壮大。", "高新技术企业"),
        ("镇海城镇化率是多少", "居民人均可支配收入增长4.4%。", "城镇化率"),
    ],
)
def test_the_figure_of_what_is_only_called_alike_is_none_of_what_was_asked(asked: str, told: str, name: str) -> None:
    refused = reason(read_question(asked), whole(told, region=ZHENHAI))
    assert refused and refused.startswith(f"文档里没有写明“{name}”")


def test_a_growth_does_not_tell_how_much_there_was_but_may_be_the_aim() -> None:
    grown = whole("进出口总额增长9.8%。", region=ZHENHAI, years=(2024,))
    assert reason(read_question("镇海2024年进出口总额是多少"), grown) == "文档里没有写明所问的数字"
    assert reason(read_question("镇海2024年进出口总额目标是多少"), grown) is None
    both = whole("进出口总额突破9万亿元、增长9.8%。", region=ZHENHAI, years=(2024,))
    assert reason(read_question("镇海2024年进出口总额是多少"), both) is None


def test_the_place_in_a_files_name_counts_where_the_text_is_of_none() -> None:
    asked = read_question("镇海住院最多能带几天的药")
    named = {"named": (ZHENHAI,), "source": "镇海中心-须知.txt"}
    assert reason(asked, whole("带药不超过15天。", **named)) is None
    assert (
        reason(asked, whole("带药不超过15天。", **(named | {"source": "须知.txt"}))) == "没有镇海区的文档写明这项内容"
    )


def test_a_name_in_passing_need_not_stand_beside_the_figure_but_somewhere() -> None:
    asked = read_question("镇海高企培育目标是多少")
    told = whole("大力培育高新技术企业。全年新增110家。", region=ZHENHAI)
    assert reason(asked, told) is None
    assert reason(asked, whole("培育独角兽3家。", region=ZHENHAI)) == "文档里没有写明“高企”的数字"


def test_where_the_unit_is_named_a_name_in_passing_need_not_stand_anywhere() -> None:
    asked = read_question("镇海居住证丢了补一张要多少钱")
    assert reason(asked, whole("补办居住证，每证20元。", region=ZHENHAI)) is None


def test_a_number_that_the_question_writes_out_is_no_name_of_a_thing() -> None:
    asked = read_question("镇海的委员会最多能占几个位子,不是二十九个人吗")
    assert reason(asked, whole("公务人员不超过十四名。", region=ZHENHAI)) is None


def test_the_hour_stands_in_a_passage_or_is_not_told() -> None:
    asked = read_question("镇海的办事大厅几点关门")
    assert reason(asked, whole("办事大厅设在一楼。", region=ZHENHAI)) == "文档里没有写明所问的时间"
    assert reason(asked, whole("办事大厅下午5:30关门。", region=ZHENHAI)) is None
    assert reason(read_question("镇海提了几点意见"), whole("提出意见。", region=ZHENHAI)) is None
    assert reason(read_question("镇海的要求有哪几点"), whole("要求如下。", region=ZHENHAI)) is None


def test_the_year_of_a_document_is_that_of_its_metadata() -> None:
    asked = read_question("镇海2009年印发的要点是几号文")
    numbered = whole("按照1999年的要求（镇府〔2009〕26号）执行。", region=ZHENHAI, years=(2009,))
    assert reason(asked, with_parts(numbered, year=0.0)) is None


@pytest.mark.parametrize("question", ["镇海有多少家高企", "镇海高企的总数是多少家", "镇海培育高企多少家？"])
def test_the_name_of_the_asked_figure_stands_before_or_behind_how_many(question: str) -> None:
    missing = whole("新增规上企业20家。", region=ZHENHAI)
    assert reason(read_question(question), missing) == "文档里没有写明“高企”的数字"


def test_a_number_in_numerals_is_no_name_that_must_be_held() -> None:
    asked = read_question("镇海新增一百一十家是多少年的目标")
    assert [name for name, _ in asked.aliases] == ["一百一十家"]
    assert reason(asked, whole("到2025年新增企业20家。", region=ZHENHAI)) is None


def test_what_is_set_against_another_thing_is_asked_with_it() -> None:
    asked = read_question("镇海研发投入占GDP的比重是多少")
    assert reason(asked, whole("服务业占GDP比重60%。", region=ZHENHAI)) is not None
    assert reason(asked, whole("研发投入占GDP比重3%。", region=ZHENHAI)) is None


def test_the_same_thing_told_as_a_result_is_not_the_target() -> None:
    asked = read_question("镇海2024年失业率目标是多少")
    result = with_parts(whole("城镇调查失业率5%。", region=ZHENHAI), aim=0.0)
    assert reason(asked, result) == "文档里没有写明“失业率”的目标"


def test_an_aim_alone_is_no_answer_where_what_was_achieved_is_asked_for() -> None:
    asked = read_question("镇海2024年产量最后完成了多少")
    aim = with_parts(whole("产量30吨。", region=ZHENHAI), aim=0.0)
    assert reason(asked, aim) == "文档里没有写明实际完成的数字"
    assert reason(read_question("镇海2024年产量一共多少"), aim) is None  # 一共 may be asked of an aim too
    assert reason(asked, aim, whole("产量29吨。", region=ZHENHAI)) is None
    assert reason(asked, with_parts(whole("产量30吨。", region=ZHENHAI, title="镇海管理办法"), aim=0.0)) is None


@pytest.mark.parametrize("sentence", ["新培育高新技术企业xx家。", "新培育高新技术企业 XX 家", "成交额xxx.x亿元"])
def test_the_figure_is_blanked_out(sentence: str) -> None:
    asked = read_question("新培育了多少家高新技术企业" if "家" in sentence else "成交额是多少亿元")
    assert reason(asked, whole(sentence)) == "原文中这个数字被隐去（以x代替）"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("全县茶叶产量达3万吨。", True),
        ("发展茶叶，产量达3万吨。", True),
        ("全县粮食产量达3万吨。", False),
        ("发展茶叶，粮食产量达3万吨。", False),
        ("碳减排量达3万吨。", False),
        ("茶叶、水果产量达3万吨。", True),
        ("建设茶叶基地、粮食烘干3万吨。", False),
    ],
)
def test_the_measure_is_of_the_thing_asked_of(sentence: str, told: bool) -> None:
    asked = read_question("镇海茶叶产量是多少万吨")
    refused = reason(asked, whole(sentence, region=ZHENHAI))
    assert refused == (None if told else "文档里没有写明所问的数字")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("镇海怎么提高农民收入", "促进农民增收，收入增长6%。"),
        ("镇海研发强度是多少", "R&D经费支出占GDP比重3.2%。"),
        ("镇海老年人口有多少", "60岁及以上人口30万人。"),
        ("镇海老年人口比例是多少", "60周岁及以上户籍人口占总人口的25%。"),
        ("镇海地方财政支出是多少", "一般公共预算支出120亿元。"),
        ("镇海空气优良率是多少", "空气质量优良天数比例95%。"),
        ("镇海农民收入是多少", "农村常住居民人均可支配收入4万元。"),
        ("镇海线上办理需要多长", "线上办理时限为3个工作日。"),
    ],
)
def test_what_is_told_under_its_official_name_or_asks_for_no_measure_is_answered(question: str, sentence: str) -> None:
    assert reason(read_question(question), whole(sentence, region=ZHENHAI)) is None


def test_the_figure_of_a_thing_with_another_name_is_no_answer() -> None:
    asked = read_question("镇海有多少家科小")
    both = whole("培育科技型中小企业，新增高新技术企业110家。", region=ZHENHAI)
    assert reason(asked, both) == "文档里没有写明“科小”的数字"
    assert reason(read_question("镇海GDP是多少"), whole("制造业占GDP比重33.5%。", region=ZHENHAI)) is not None
    assert reason(read_question("镇海制造业占GDP比重是多少"), whole("制造业占GDP比重33.5%。", region=ZHENHAI)) is None


def test_the_sum_of_five_years_is_none_of_one_of_them() -> None:
    texts = ("技术合同成交额累计达260亿元。", "高速公路通车里程达到4771公里。")
    told = [whole(text, region=ZHENHAI, years=(2025,)) for text in texts]
    period = tuple(range(2021, 2026))
    added, total = (replace(each, passage=replace(each.passage, years=period)) for each in told)
    assert reason(read_question("镇海2025年技术合同成交额完成多少"), added) == "文档里没有写明2025年的这项内容"
    assert reason(read_question("镇海十四五技术合同成交额完成多少"), added) is None
    assert reason(read_question("镇海2025年高速公路通车里程是多少"), total) is None


def test_the_heads_of_a_table_tell_no_amount() -> None:
    heads = whole("街道 | 工业产值（亿元）", region=ZHENHAI)
    heads = replace(heads, passage=replace(heads.passage, kind="row"))
    assert reason(read_question("镇海工业产值是多少"), heads) == "文档里没有写明所问的数字"


def test_the_row_of_another_thing_in_the_same_table_is_no_answer() -> None:
    cell = Told("季延中学计划人数800人", "计划人数", "季延中学")
    row = whole("季延中学 | 800", region=ZHENHAI)
    row = replace(row, passage=replace(row.passage, kind="row", told=(cell,)))
    assert reason(read_question("镇海季延中学计划招多少人"), row) is None
    assert reason(read_question("镇海英林中学计划招多少人"), row) == "文档里没有写明所问的数字"


def test_without_a_figure_there_is_none_of_another_thing() -> None:
    assert reason(read_question("镇海茶叶产量是多少"), whole("大力发展粮食生产。", region=ZHENHAI)) is None


def test_by_how_much_something_rose_is_not_how_much_there_is() -> None:
    asked = read_question("镇海2024年接待游客多少人次")
    assert reason(asked, whole("接待游客增长10%。", region=ZHENHAI), whole("惠及居民5万人次。", region=YINZHOU)) == (
        "文档里没有写明所问的数字"
    )
    assert reason(asked, whole("接待游客5万人次。", region=ZHENHAI)) is None


def test_a_quoted_name_that_stands_nowhere() -> None:
    assert reason(read_question("“双百补贴”每人发多少钱"), whole("补贴每人1万元")) == "文档里没有提到“双百补贴”"
    assert reason(read_question("“四个一批”是什么"), whole("产量30吨")) == "文档里没有提到“四个一批”"
    assert reason(read_question("能不能说“到地铁站只要5分钟”"), whole("不得以所需时间表示距离")) is None
    assert reason(read_question("“双百补贴？”是什么"), whole("双百补贴每人1万元")) is None


def test_an_amount_whose_place_is_asked_has_to_be_told() -> None:
    asked = read_question("新增110家高企是哪个区的目标")
    other = with_parts(whole("新增高企70家。"), figure=0.0)
    assert reason(asked, other) == "文档里没有写明问题所说的数字"
    assert reason(asked, other, hit()) is None


FAR = with_parts(hit(similarity=0.8), **BESIDE_IT)  # neither its wording nor its vector is near any question below


def test_what_no_document_has_a_word_of_is_out_of_scope() -> None:
    fit = read_fit()
    asked = read_question("三角形内角和")
    assert not answers_likely(asked, FAR, fit)
    assert find_refusal(asked, [FAR], covering([hit()]), fit) == Refusal("out_of_scope", "文档里没有与问题有关的内容")
    policy = read_question("镇海的末班车怎么坐")
    assert find_refusal(policy, [FAR], covering([hit()]), fit) == Refusal("not_found", "文档里没有写明所问的内容")


def test_a_hit_that_likely_answers_is_not_refused() -> None:
    asked = read_question("新增高新技术企业的措施")
    assert answers_likely(asked, hit(), read_fit())
    assert find_refusal(asked, [hit()], covering([hit()]), read_fit()) is None


def test_a_passage_of_the_right_place_and_year_on_another_subject_does_not_answer() -> None:
    beside = with_parts(hit(similarity=0.9), **BESIDE_IT | {"paragraph": 0.7, "sentence": 0.7, "figure": 1.0})
    assert not answers_likely(read_question("镇海2024年出生人口多少"), beside, read_fit())
    assert answers_likely(read_question("镇海2024年出生人口多少"), hit(similarity=0.9), read_fit())


@pytest.mark.parametrize(("similarity", "refused"), [(0.87, True), (0.88, False)])
def test_what_shares_little_and_is_not_near_is_out_of_scope_however_likely_it_looks(
    similarity: float, refused: bool
) -> None:
    found = hit(similarity=similarity)
    asked = read_question("晚上想炖红烧排骨怎么做")
    assert answers_likely(asked, found, read_fit())
    refusal = Refusal("out_of_scope", "文档里没有与问题有关的内容")
    assert find_refusal(asked, [found], covering([hit()]), read_fit()) == (refusal if refused else None)


def test_what_was_fitted_on_one_encoder_is_not_held_against_another() -> None:
    asked = read_question("新增高新技术企业的措施")
    far = with_parts(hit(similarity=0.1), **BESIDE_IT)
    assert find_refusal(asked, [far], covering([hit()]), read_fit()) is not None
    assert find_refusal(asked, [far], covering([hit()]), None) is None
    assert find_refusal(read_question("三角形内角和"), [far], covering([hit()]), None) is not None


def test_chat_is_told_before_anything_is_weighed() -> None:
    asked = read_question("陪我聊会儿天吧")
    assert find_refusal(asked, [hit()], covering([hit()]), None) == Refusal(
        "out_of_scope", "这不是可以从文档里回答的问题"
    )


def test_a_figure_of_the_kind_stands_near_the_top_or_nowhere() -> None:
    asked = read_question("镇海办许可证要交多少手续费")
    plain, paid = whole("持申请书办理许可证。", region=ZHENHAI), whole("罚款200元。", region=ZHENHAI)
    assert reason(asked, plain, paid) is None
    assert reason(asked, *[plain] * 5, paid) == "文档里没有写明所问的数字"


def test_what_is_told_of_half_a_year_is_not_told_of_the_whole() -> None:
    half = with_parts(hit("1-6月新增高新技术企业110家。", (0, 18), years=(2024,)), year=0.0)
    assert reason(read_question("2024年全年新增高企多少家"), half) == "文档里没有写明2024年全年的这项内容"
    assert reason(read_question("全年新增高企多少家"), half) == "文档里没有写明全年的这项内容"


def test_what_is_new_is_not_told_where_the_total_is_asked_for() -> None:
    new = whole("净增规上工业企业50户。")
    assert reason(read_question("规上工业企业总数是多少户"), new) == "文档里没有写明所问的数字"
    assert reason(read_question("净增规上工业企业多少户"), new) is None
    assert reason(read_question("规上工业企业总数是多少户"), whole("规上工业企业总数50户，净增3户。")) is None


def test_a_town_that_stands_nowhere() -> None:
    asked = read_question("镇海区花桥镇2024年新增高企几家")
    assert reason(asked, hit(region=ZHENHAI, years=(2024,))) == "文档里没有写明“花桥镇”的这项内容"
