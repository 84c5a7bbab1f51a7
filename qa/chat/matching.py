"""Why a passage was found, told when a reader asks for it."""

from __future__ import annotations

from qa.chat.markup import Html, element, join
from qa.records import Citation

PARTS = {
    "paragraph": "段落意思相近",
    "sentence": "句子意思相近",
    "words": "词语相同",
    "bigrams": "字词片段相同",
    "region": "地区相符",
    "year": "年份相符",
    "aim": "目标或完成情况相符",
    "coverage": "句中有所问的字词",
    "around": "段落和标题中有所问的字词",
    "figure": "有所问的数字",
    "heading": "只是标题",
    "origin": "文种和机关相符",
    "latest": "是最新的一份",
    "lapsed": "文件已不适用",
    "metadata": "是文件信息",
    "reranker": "重排模型的判断",
}


def show_match(citation: Citation) -> Html:
    """The question's words in it and what its score is made of, folded; empty where nothing is known of either."""
    if not citation.parts and not citation.matched:
        return Html()
    words = "、".join(citation.matched) or "没有相同的字词，只是意思相近"
    parts = (
        element("div", element("dt", PARTS[name]), element("dd", f"{value:.2f}"))
        for name, value in citation.parts.items()
    )
    score = f"各项一般在 0 与 1 之间，说不准的算 0.5；加权相加得 {citation.score:.2f}。"
    made = join(element("dl.parts", *parts), element("p", score)) if citation.parts else Html()
    return element("details.why", element("summary", "为什么是这段"), element("p", f"与问题相同：{words}"), made)


def show_badges(citation: Citation) -> Html:
    """That its document does not hold, and which other documents say nearly the same; empty for most."""
    others = citation.alike
    more = f"等 {len(others)} 份" if len(others) > 2 else ""
    notes = [
        *([element("span.badge warning", citation.note)] if citation.note else []),
        *([element("span.badge", f"内容几乎相同的还有：{'、'.join(others[:2])}{more}")] if others else []),
    ]
    return element("p.badges", *notes) if notes else Html()
