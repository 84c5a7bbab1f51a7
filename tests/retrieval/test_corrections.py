from __future__ import annotations

import pytest

from qa.retrieval.corrections import correct_words
from qa.retrieval.questions import read_question
from qa.text.aliases import alias_groups
from qa.text.vocabulary import Vocabulary, Wording, write_vocabulary
from qa.text.words import cut_bigrams, cut_words

HELD = (
    "郑州市2015年高新技术产业产值目标，口罩预约平台，乌镇大数据产业园，数字经济和有机农业。",
    "镇海区新增高新技术企业110家，粮食产量，固定资产投资，占GDP比重，高质量发展科技金融。",
    "桐乡市安吉县高科技人才，精心组织，目标是多少。",
)


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    wording = Wording()
    for text in HELD * 2:  # a word that stands once may itself be mistyped
        wording.add(cut_words(text), cut_bigrams(text))
    file = tmp_path_factory.mktemp("words") / "vocabulary.npz"
    places = [("郑州市", "郑州"), ("镇海区", "镇海"), ("桐乡市", "桐乡"), ("安吉县", "安吉"), ("慈溪市", "慈溪")]
    write_vocabulary(file, wording, [*places, *alias_groups()])
    return Vocabulary(file)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("郑洲2015年产值", "郑州2015年产值"),
        ("桐香市目标", "桐乡市目标"),
        ("高薪企业有多少", "高新企业有多少"),
        ("高薪技术产业产值", "高新技术产业产值"),
        ("乌真大数据产业园", "乌镇大数据产业园"),
        ("湖南粮食产辆", "湖南粮食产量"),
        ("固定资产投姿目标", "固定资产投资目标"),
        ("zhenhai gaoqi", "镇海高企"),
        ("Zhenhai 2024 gaoqi mubiao shi duoshao", "镇海 2024 高企目标是多少"),
        ("zhengzhou GDP mubiao", "郑州 GDP 目标"),
    ],
)
def test_mistyped_words_are_set_right(vocabulary: Vocabulary, typed: str, read: str) -> None:
    assert correct_words(typed, vocabulary)[0] == read


@pytest.mark.parametrize(
    "typed",
    [
        "郑州高薪人才有什么补贴",  # 高薪 is a word, and no document speaks of 高新人才
        "有几家企业",  # not 有机
        "补贴按季发放吗",  # not 安吉
        "搞科技金融结合",  # not 高科技
        "“京心相助”是什么",  # not 精心: it is quoted
        "慈西市目标",  # no document speaks of 慈溪
        "台州市目标",  # a place of its own
        "How many days of leave in Zhenhai",
        "AI企业",
        "wifi",
    ],
)
def test_what_may_be_meant_is_left_alone(vocabulary: Vocabulary, typed: str) -> None:
    assert correct_words(typed, vocabulary) == (typed, ())


def test_what_the_documents_hold_is_never_corrected(vocabulary: Vocabulary) -> None:
    for text in HELD:
        assert correct_words(text, vocabulary) == (text, ())


def test_what_was_corrected_is_said(vocabulary: Vocabulary) -> None:
    question = read_question("郑洲2015年高薪企业目标", vocabulary=vocabulary)
    assert question.asked == "郑洲2015年高薪企业目标"
    assert question.text == "郑州2015年高新企业目标"
    assert question.corrected == (("郑洲", "郑州"), ("高薪企业", "高新企业"))
    assert question.regions == ("河南省郑州市",)


def test_corrections_of_earlier_turns_are_said_as_long_as_they_count(vocabulary: Vocabulary) -> None:
    assert read_question("2016年呢", ["郑洲2015年产值目标"], vocabulary=vocabulary).corrected == (("郑洲", "郑州"),)
    assert read_question("镇海呢", ["郑洲2015年产值目标"], vocabulary=vocabulary).corrected == ()


def test_terms_are_found_by_how_they_sound(vocabulary: Vocabulary) -> None:
    reading = [vocabulary.reading(character) for character in "正舟"]
    assert [term.text for term in vocabulary.sounding_like([reading])[0]] == ["郑州"]
    assert vocabulary.holds_pairs("郑州洲").tolist() == [True, False]
    assert vocabulary.holds_latin("gdp")
    assert not vocabulary.holds_latin("lpr")
