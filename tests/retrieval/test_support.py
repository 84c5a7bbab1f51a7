from __future__ import annotations

import math
from dataclasses import replace

import pytest

from qa.records import DocumentCard, Passage, Told
from qa.retrieval.measures import asked_figure
from qa.retrieval.need import found_terms, is_of_part, matched_words, read_need
from qa.retrieval.questions import read_question
from qa.retrieval.support import Support, best_support, rarity, read_passage

CARD = DocumentCard("d", "d.txt", "2024年工作计划", years=(2024,))


def passage(text: str) -> Passage:
    return Passage("p", "d", "paragraph", text, 0, len(text), (), 1, CARD.title)


def supported(asked: str, text: str, card: DocumentCard = CARD, nearest: tuple[int, int] = (0, 0)) -> Support:
    """How a passage of that text supports an answer, by itself."""
    question = read_question(asked)
    reading = read_passage(passage(text), read_need(question))
    return best_support(passage(text), card, reading, nearest, question, rarity(reading.found, reading.held))


def test_the_need_leaves_out_region_and_year() -> None:
    need = read_need(read_question("镇海2024年孵化面积"))
    assert need.terms == {"孵化", "化面", "面积"}


def test_another_name_of_the_same_thing_is_found() -> None:
    need = read_need(read_question("高企数量"))
    assert found_terms("新增高新技术企业110家", need) == {"高企"}


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("符合条件", "不符合条件的", {"条件", "合条"}),
        ("符合条件", "符合的发证，不符合条件的告知", {"符合", "条件", "合条"}),
        ("不符合条件", "不符合条件的", {"不符", "符合", "合条", "条件"}),
    ],
)
def test_what_is_denied_is_not_found(asked: str, text: str, found: set[str]) -> None:
    assert found_terms(text, read_need(read_question(asked))) == found


def test_an_everyday_word_is_found_in_what_documents_write() -> None:
    question = read_question("小厂买设备，给多少钱")
    subsidy = "对中小企业购置设备给予补助"
    assert found_terms(subsidy, read_need(question)) == {"小厂", "设备", "给多", "多少", "少钱"}
    assert matched_words(question, subsidy) == ("设备", "小厂 = 中小企业", "给多少钱 = 补助")


def test_what_matched_is_told_as_long_as_it_goes_on_and_by_the_name_it_stands_under() -> None:
    question = read_question("镇海2024年新增高企的GDP占比目标是多少")
    assert matched_words(question, "高新技术企业新增110家，ＧＤＰ目标") == (
        "新增",
        "gdp",
        "目标",
        "高企 = 高新技术企业",
    )
    assert matched_words(question, "镇海2024年的孵化面积") == ()


def test_rare_terms_weigh_more() -> None:
    weight = rarity([frozenset({"孵化"}), frozenset({"孵化", "面积"})], frozenset({"孵化", "化面", "面积"}))
    assert weight["孵化"] == pytest.approx(math.log(1 + 0.5 / 2.5))
    assert weight["面积"] == pytest.approx(math.log(1 + 1.5 / 1.5))
    assert weight["化面"] == pytest.approx(math.log(1 + 2.5 / 0.5))
    assert list(weight) == sorted(weight)  # summed up in this order: the last digit is the same in every process


@pytest.mark.parametrize(
    ("asked", "sentence", "holds"),
    [
        ("新增多少家高企", "新增110家", True),
        ("新增多少家高企", "新增一百一十家", True),
        ("新增多少家高企", "投资110亿元", False),
        ("补贴多少元", "对120人给予补贴", False),
        ("补贴多少元", "补贴300元", True),
        ("通车里程多少公里", "新建桥梁12座", False),
        ("通车里程多少公里", "通车里程达320公里", True),
        ("新增就业多少人", "新增就业32.7万人", True),
        ("占比是多少", "达到3.42%", True),
        ("占比是多少", "达到百分之三", True),
        ("占比是多少", "新增110家", False),
        ("总数是多少", "总数363", True),
    ],
)
def test_figures_of_the_asked_kind(asked: str, sentence: str, holds: bool) -> None:
    figure = asked_figure(read_question(asked))
    assert figure is not None
    assert bool(figure.search(sentence)) is holds


def test_no_figure_where_no_amount_is_asked() -> None:
    assert asked_figure(read_question("怎么申请补助")) is None


RATES = "抽核合格率低于90%的，应要求补充核查；低于80%的，应要求重新核查。"
KINDS = "起付标准按照不同类别的医院划分为:一类医院300元;二类医院600元;三类医院900元。"
SHARES = "第三条 新批准宅基地的面积按如下标准执行：平原地区八十平方米以下；丘陵地区一百二十平方米以下；山区按规定。"


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        ("三类医院起付标准是多少", KINDS, "三类医院900元。"),
        ("抽核合格率低于多少就要求重新核查", RATES, "低于80%的，应要求重新核查。"),
        ("抽核合格率低于多少就要求补充核查", RATES, "抽核合格率低于90%的，应要求补充核查；"),
        ("丘陵地区新批宅基地的面积最多多大", SHARES, "丘陵地区一百二十平方米以下；"),
        (
            "平原地区新批准宅基地的面积最多多大",
            SHARES,
            "第三条 新批准宅基地的面积按如下标准执行：平原地区八十平方米以下；",
        ),
        ("山区新批准宅基地的面积最多多大", SHARES, "第三条 新批准宅基地的面积按如下标准执行：平原地区八十平方米以下；"),
    ],
)
def test_of_clauses_that_share_out_a_figure_the_one_that_is_asked_of_is_chosen(
    asked: str, text: str, told: str
) -> None:
    assert text[slice(*supported(asked, text).span)] == told


def test_the_sentence_that_has_the_word_asked_of_is_chosen() -> None:
    text = "市场很大。重点在欧洲。"
    assert text[slice(*supported("市场争夺的重点是哪里", text, nearest=(0, 5)).span)] == "重点在欧洲。"


@pytest.mark.parametrize(
    ("text", "figure"), [("公示不得少于三十日。", 1.0), ("公示二十日。", 0.5), ("公示结果存档。", 0.0)]
)
def test_a_figure_that_is_no_limit_counts_half_where_a_limit_is_asked_for(text: str, figure: float) -> None:
    assert supported("公示至少多少天", text).figure == figure


@pytest.mark.parametrize(("sentence", "figure"), [("新增高企110家。", 1.0), ("2024年新增高企70家。", 0.0)])
def test_an_amount_that_the_question_tells_is_the_figure_to_find(sentence: str, figure: float) -> None:
    assert supported("新增一百一十家高企是哪个区哪一年的目标", sentence).figure == figure


def test_the_sentence_of_the_right_year_with_a_figure_is_chosen() -> None:
    text = "健全高新技术企业培育库。2023年新增高新技术企业120家。2024年新增高新技术企业110家。"
    support = supported("2024年新增多少家高企", text, nearest=(0, 12))
    assert text[slice(*support.span)] == "2024年新增高新技术企业110家。"
    assert (support.year, support.figure) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("asked", "text", "told", "coverage"),
    [
        ("港口今年投多少钱", "1.加快港口建设。完成年度投资3亿元。", "完成年度投资3亿元。", 0.8),
        ("2022年用了多少外资", "7.使用外资4亿元。2022年实际使用3亿元。", "2022年实际使用3亿元。", 0.8),
        ("旧区改造归哪个单位管", "旧区改造。今年改造28个小区。责任单位：市住建局。", "责任单位：市住建局。", 0.8),
        ("外资有多少", "使用外资4亿元。实际到位3亿元。", "使用外资4亿元。", 1.0),
    ],
)
def test_what_a_passage_opens_with_says_what_its_sentences_are_about(
    asked: str, text: str, told: str, coverage: float
) -> None:
    question = read_question(asked)
    plan = replace(passage(text), years=(2023,), aim="target")
    reading = read_passage(plan, read_need(question))
    weight = dict.fromkeys(reading.held, 0.0) | dict.fromkeys(reading.found[0], 1.0)
    support = best_support(plan, CARD, reading, (0, 0), question, weight)
    assert (text[slice(*support.span)], support.coverage) == (told, coverage)


def test_the_sentence_that_names_the_office_is_chosen_where_that_is_asked_for() -> None:
    text = "（四）区人社局负责出具证明。对欠薪进行查处。"
    assert text[slice(*supported("由哪个部门查处欠薪", text).span)] == "（四）区人社局负责出具证明。"


@pytest.mark.parametrize(
    ("asked", "sentence", "part"),
    [
        ("零售总额是多少", "永阳街道零售总额138亿元。", True),
        ("零售总额是多少", "全年实现零售总额321亿元。", False),
        ("社零是多少", "限额以上社零98亿元。", True),
        ("居民人均可支配收入是多少", "城乡居民人均可支配收入4万元。", False),
        ("龙固镇零售总额是多少", "全镇零售总额8亿元。", False),
        ("限额以上社零是多少", "限额以上社零98亿元。", False),
        ("永阳街道零售总额是多少", "永阳街道零售总额138亿元。", False),
        ("全区有效高企有多少家", "永阳经开区有效高企突破400家。", True),
        ("高企有多少家", "永阳经开区有效高企突破400家。", True),
        ("全区有效高企有多少家", "全区有效高企突破400家。", False),
    ],
)
def test_a_sentence_that_tells_a_part_of_what_is_asked_for(asked: str, sentence: str, part: bool) -> None:
    need = read_need(read_question(asked))
    assert is_of_part(sentence, found_terms(sentence, need), need) is part


def test_of_clauses_that_share_out_a_figure_the_one_by_another_name_is_left() -> None:
    text = "全年实现社会消费品零售总额321亿元；限额以上社零98亿元。"
    assert text[slice(*supported("社零是多少", text).span)] == "全年实现社会消费品零售总额321亿元；"


@pytest.mark.parametrize(
    ("asked", "year", "aim"),
    [
        ("2024年高企目标是多少家", 1.0, 1.0),
        ("2023年高企实际有多少家", 1.0, 1.0),
        ("2023年高企目标是多少家", 1.0, 0.0),
        ("2022年高企实际有多少家", 0.0, 1.0),
    ],
)
def test_a_table_row_fits_as_its_best_figure_does(asked: str, year: float, aim: float) -> None:
    told = (Told("高企2023年实际5家", "2023年实际", "高企"), Told("高企2024年目标7家", "2024年目标", "高企"))
    row = replace(passage("高企 | 5 | 7"), kind="row", told=told)
    question = read_question(asked)
    need = read_need(question)
    best = best_support(row, CARD, read_passage(row, need), (0, 0), question, dict.fromkeys(need.terms, 1.0))
    assert (best.span, best.year, best.aim, best.figure) == ((0, 10), year, aim, 1.0)


@pytest.mark.parametrize(("title", "year"), [("某市积分管理办法", 1.0), ("某市工作要点", 0.0)])
def test_a_law_is_of_its_year_whatever_years_it_names(title: str, year: float) -> None:
    card = DocumentCard("d", "d.txt", title, years=(2014,))
    support = supported("2014年的办法废止了哪个旧办法", "2006年印发的旧办法同时废止。", card)
    assert support.year == year


@pytest.mark.parametrize(("published", "year"), [(2016, 0.5), (2015, 0.0)])
def test_a_date_that_is_asked_for_need_not_be_of_the_year_of_its_document(published: int, year: float) -> None:
    card = DocumentCard("d", "d.txt", "小学招生工作意见", years=(published,))
    assert supported("2016年上小学最晚哪天出生", "应于2010年8月31日前出生。", card).year == year
    assert supported("2016年上小学要交多少钱", "2010年交3元。", card).year == 0.0


def test_what_is_told_of_a_wider_place_supports_less_than_what_is_told_of_the_documents_own() -> None:
    text = "截至12月底，全县高新技术企业达812户，净增152户。全市高新技术企业净增数为1620户，我县居首位。"
    card = replace(CARD, region="浙江省嘉兴市海盐县")
    told = supported("海盐高新技术企业净增多少户", text, card)
    assert text[slice(*told.span)] == "截至12月底，全县高新技术企业达812户，净增152户。"
    of_the_city = supported("海盐高新技术企业净增多少户", text[text.index("全市") :], card)
    assert (of_the_city.figure, of_the_city.coverage) == (0.0, 0.0)


def test_beside_what_is_told_of_a_wider_place_only_the_clause_of_the_documents_own_supports() -> None:
    text = "全年城镇新增就业2.96万人，完成目标的105.7%。同期全市城镇新增就业33.1万人，我区占8.9%。"
    card = replace(CARD, region="广东省广州市增城区")
    nearest = (text.index("同期"), len(text))
    told = supported("增城区城镇新增就业人数是多少", text, card, nearest)
    assert text[slice(*told.span)] == "全年城镇新增就业2.96万人，完成目标的105.7%。"


def test_a_word_for_a_result_chooses_no_clause_of_another_thing() -> None:
    text = "2024年实现社会消费品零售总额643.9亿元，增长5.1%；实际到位内资441.9亿元，增长10.9%；"
    told = supported("2024年社会消费品零售总额实际增长了百分之几", text)
    assert text[slice(*told.span)].startswith("2024年实现社会消费品零售总额")


def test_the_name_of_a_wider_place_before_the_whole_of_it_tells_of_that() -> None:
    text = "2023年全市实现零售总额202.1亿元，增速居咸宁市第一。咸宁市全年零售总额831.5亿元。"
    card = replace(CARD, region="湖北省咸宁市赤壁市")
    told = supported("赤壁市零售总额是多少", text, card, (text.index("咸宁市全年"), len(text)))
    assert text[slice(*told.span)].startswith("2023年全市实现零售总额202.1亿元")


def test_what_is_told_of_the_year_is_chosen_before_what_is_told_of_a_part_of_it() -> None:
    text = "2024年接待游客2145万人次，旅游收入124.3亿元，分别增长17.9%、17.7%。“五一”假期接待游客118万人次。"
    nearest = (text.index("“五一”"), len(text))
    told = supported("2024年接待游客多少万人次", text, nearest=nearest)
    assert text[slice(*told.span)].startswith("2024年接待游客2145万人次")


def test_by_the_end_of_a_year_is_no_wording_to_be_found() -> None:
    for asked in ("到2025年底充电桩建多少", "截至2025年末充电桩建多少", "2025年充电桩建多少"):
        assert read_need(read_question(asked)).terms == read_need(read_question("充电桩建多少")).terms
