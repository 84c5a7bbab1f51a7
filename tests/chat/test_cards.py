from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.chat.cards import CARDS_OPEN, NEAR, with_figures
from qa.chat.markup import visible
from qa.chat.matching import PARTS
from qa.chat.replies import Turn, show_turn
from qa.records import Item, Question
from qa.retrieval.features import FEATURES
from tests.chat.reading import text_of
from tests.chat.samples import PASSAGE, QUOTE, answer, citation

HOSTILE = '</blockquote><script>alert(1)</script><img src="//x.test/a.png">![图](//x.test/b.png) &lt; {{value}} \u202e'

texts = st.one_of(st.text(), st.text("<>&\"'/=a{}$`![]() \n\u202e\x00"), st.just(HOSTILE))


@given(texts, texts, texts, texts)
def test_any_text_in_any_field_stays_text(question: str, title: str, passage: str, reason: str) -> None:
    titled = {"title": title, "issuer": title, "region": title, "section": (title,), "source": title}
    cited = citation(text=passage, quote=passage, **titled)
    turns = [
        Turn(question, answer(cited, text=passage, question=Question(reason, question))),
        Turn(question, answer(status="not_found", text=passage, reason=reason, nearest=(cited,), citations=())),
        Turn(question, reason),
        Turn(question),
    ]
    html = "".join(show_turn(turn, number) for number, turn in enumerate(turns, start=1))
    assert text_of(html, inside="question") == (visible(question) if question.strip() else "（空白）") * 4
    assert text_of(html, inside="passage") == visible(passage) * 2
    assert text_of(html, inside="title") == visible(title) * 2
    assert visible(reason) in text_of(html, inside="problem")


@given(texts, texts, texts)
def test_the_passage_is_whole_and_just_the_quote_is_marked(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    html = show_turn(Turn("问", answer(citation(text=text, quote=quote))), 1)
    assert text_of(html, inside="passage") == visible(text)
    assert text_of(html, inside="mark") == visible(quote)


@given(st.text("句子。；，字", max_size=4 * NEAR), st.text("句子。；，字", max_size=4 * NEAR))
def test_what_is_far_from_the_quote_is_folded_and_what_is_near_is_not(before: str, after: str) -> None:
    html = show_turn(Turn("问", answer(citation(text=f"{before}#{after}", quote="#"))), 1)
    folded = text_of(html, inside="fold")
    shown = len(before) + len(after) - len(folded)
    assert shown >= min(len(before), NEAR) + min(len(after), NEAR)
    assert shown <= 4 * NEAR


def test_a_fold_says_how_much_it_holds() -> None:
    html = show_turn(Turn("问", answer(citation(text="字" * 300 + QUOTE, quote=QUOTE))), 1)
    assert text_of(html, inside="fold", without="") == "上文 200 字" + "字" * 200


def test_a_quote_that_is_not_in_the_passage_marks_nothing() -> None:
    html = show_turn(Turn("问", answer(citation(text=PASSAGE, quote="别的话"))), 1)
    assert text_of(html, inside="mark") == ""
    assert text_of(html, inside="passage") == PASSAGE


def test_a_card_says_where_the_passage_stands() -> None:
    html = show_turn(Turn("问", answer(citation())), 1)
    assert text_of(html, inside="rank") == "1"
    assert text_of(html, inside="facts") == "镇海区科学技术局 · 浙江省宁波市镇海区 · 2024年4月3日"
    assert text_of(html, inside="trail") == "三、2024年工作计划 › （一）壮大企业群体第2段"
    assert text_of(html, inside="source") == "来源文件 004.txt复制原句复制出处"
    assert text_of(html, inside="origin") == "——《镇海区科技局2024年工作计划》 · 2024年4月3日 · 第2段"


def test_what_is_not_known_is_left_out() -> None:
    html = show_turn(Turn("问", answer(citation(issuer=None, region=None, published=None, paragraph=0))), 1)
    assert text_of(html, inside="facts") == ""
    assert text_of(html, inside="origin") == "——《镇海区科技局2024年工作计划》 · 标题"


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("2024年新增企业110家", "110家"),
        ("占比3.42%，增长5%以上", "3.42%5%以上"),
        ("投资1,150.5亿元、60万平方米", "1,150.5亿元60万平方米"),
        ("提高2.5个百分点", "2.5个百分点"),
        ("（3）2024年4月3日，R2D2项", ""),
    ],
)
def test_quantities_stand_out_and_years_do_not(said: str, figures: str) -> None:
    html = show_turn(Turn("问", answer(text=said)), 1)
    assert text_of(html, inside="figure") == figures
    assert text_of(html, inside="said") == said


def test_cards_beyond_the_first_few_are_folded_in_their_order() -> None:
    html = show_turn(Turn("问", answer(*(citation(title=f"第{n}号") for n in range(1, 11)))), 1)
    assert text_of(html, inside="rank") == "12345678910"
    assert text_of(html, inside="more").startswith(f"{CARDS_OPEN + 1}第{CARDS_OPEN + 1}号")
    assert "其余 7 段相关原文" in text_of(html, inside="more", without="")


def test_no_answer_says_so_with_its_reason_and_what_is_nearest() -> None:
    refused = answer(status="not_found", text="没有这一年的目标。", reason="只有2023年的文件", nearest=(citation(),))
    words = text_of(show_turn(Turn("问", refused), 1), inside="unanswered")
    assert words.startswith("文件里没有找到答案没有这一年的目标。")
    assert "最接近的内容，说的是别的事1" in words
    outside = text_of(show_turn(Turn("问", answer(status="out_of_scope", text="不答。")), 1), inside="status")
    assert outside == "超出现有文件的范围"


def test_the_question_as_understood_is_shown_where_it_differs() -> None:
    followed = answer(question=Question("镇海2023年高企目标", "那2023年呢", completed=True))
    html = show_turn(Turn("那2023年呢", followed), 1)
    assert text_of(html, inside="understood") == "按此理解：镇海2023年高企目标"
    mistyped = answer(question=Question("郑州高企目标", "郑洲高企目标", corrected=(("郑洲", "郑州"),)))
    assert text_of(show_turn(Turn("郑洲高企目标", mistyped), 1), inside="understood") == "按此理解：郑州高企目标"
    assert text_of(show_turn(Turn("镇海目标", answer()), 1), inside="understood") == ""


def test_page_stands_before_the_paragraph() -> None:
    html = show_turn(Turn("问", answer(citation(page=12, paragraph=2), citation(page=None, paragraph=0))), 1)
    assert "第12页第2段" in html
    assert "第12页标题" not in html


def test_what_the_cells_of_a_row_tell_stands_below_it() -> None:
    row = citation(text="镇海区 | 610", quote="镇海区 | 610", told=("镇海区高企610家", "镇海区增长5%"))
    html = show_turn(Turn("问", answer(row, citation())), 1)
    assert text_of(html, inside="told") == "这一行：镇海区高企610家；镇海区增长5%"


def test_every_item_of_a_list_is_marked_in_its_passage() -> None:
    text = "应当提交下列材料：\n（一）申请表；\n（二）身份证；\n（三）照片。"
    spans = [
        (text.index(item), text.index(item) + len(item))
        for item in ("（一）申请表；", "（二）身份证；", "（三）照片。")
    ]
    items = tuple(Item(text[start:end], "004.txt", 100 + start, 100 + end, 0) for start, end in spans)
    cited = citation(text=text, quote="（一）申请表；", start=100, end=100 + len(text))
    html = show_turn(Turn("问", answer(cited, items=items)), 1)
    assert text_of(html, inside="mark") == "（一）申请表；（二）身份证；（三）照片。"
    assert text_of(html, inside="passage") == text
    card = html[html.index('class="card"') :]
    assert f'data-start="{100 + spans[0][0]}" data-end="{100 + len(text)}"' in card
    other = show_turn(Turn("问", answer(citation(start=500), items=items)), 1)
    assert text_of(other, inside="mark") == QUOTE


def test_why_a_passage_was_found_is_told_on_demand() -> None:
    cited = citation(matched=("新增", "高企 = 高新技术企业"), parts={"words": 1.0, "year": 0.5}, score=1.234)
    html = show_turn(Turn("问", answer(cited)), 1)
    assert text_of(html, inside="why") == (
        "与问题相同：新增、高企 = 高新技术企业词语相同1.00年份相符0.50"
        "各项一般在 0 与 1 之间，说不准的算 0.5；加权相加得 1.23。"
    )
    assert "与问题相同：没有相同的字词" in show_turn(Turn("问", answer(citation(parts={"words": 0.0}))), 1)
    assert 'class="why"' not in show_turn(Turn("问", answer(citation())), 1)


def test_every_part_of_a_score_has_a_name() -> None:
    assert set(PARTS) == {*FEATURES, "reranker"}


def test_a_document_that_does_not_hold_and_its_copies_are_told() -> None:
    html = show_turn(
        Turn("问", answer(citation(note="所引文件已被其他文件废止或代替", alike=("甲.txt", "乙.txt", "丙.txt")))), 1
    )
    assert text_of(html, inside="warning") == "所引文件已被其他文件废止或代替"
    assert text_of(html, inside="badges").endswith("内容几乎相同的还有：甲.txt、乙.txt等 3 份")
    assert 'class="badges"' not in show_turn(Turn("问", answer(citation())), 1)


def test_figures_stand_out_with_their_whole_unit_and_years_do_not() -> None:
    shown = str(with_figures("2024年上半年27.5万人次，达到5%以上，第3名。"))
    assert shown == (
        '2024年上半年<strong class="figure">27.5万人次</strong>，达到<strong class="figure">5%以上</strong>，第3名。'
    )
