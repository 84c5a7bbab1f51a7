"""What a keeper is offered in the documents tab: to add files, to rebuild, and to set right what was understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date

from qa.chat.markup import Html, element, join
from qa.documents.corrections import Corrections, corrections_file, parse_corrections
from qa.errors import DocumentError
from qa.records import DocumentCard
from qa.upkeep import Corrected

_LABELS = {
    "title": "标题",
    "kind": "类型",
    "issuer": "发布机关",
    "region": "地区",
    "published": "发布日期",
    "signed": "成文日期",
    "number": "文号",
    "index_number": "索引号",
    "years": "年份",
    "effective": "施行日期",
    "expires": "失效日期",
    "repealed": "已废止",
}
_HINTS = {
    "region": "浙江省宁波市镇海区",
    "years": "2024、2025",
    **dict.fromkeys(("published", "signed", "effective", "expires"), "2024-03-01"),
    "repealed": "是 或 否",
}
_YES, _NO = "是", "否"


def show_keeping() -> Html:
    """The panel, which its script unfolds for whoever may change things."""
    drop = element(
        "label.drop",
        element("input.files", type="file", multiple=""),
        element("span", "把文件拖到这里，或点击选择（可多选）"),
    )
    build = element("button.build", "更新索引", type="button")
    progress = element("progress.bar", max="1", value="0", aria_label="进度", hidden="")
    said = element("p.said-of-it", role="status")
    dialog = element("dialog.correcting", aria_label="更正文件信息")
    signing = element(
        "form.signing",
        element("label", "名字", element("input", type="text", name="name", autocomplete="username", required="")),
        element(
            "label",
            "密码",
            element("input", type="password", name="password", autocomplete="current-password", required=""),
        ),
        element("button.build", "登录", type="submit"),
        element("p.wrong", role="alert"),
    )
    signing_in = element("details.signing-in", element("summary", "资料管理员登录"), signing, hidden="")
    leave = element("button.act leave", "退出登录", type="button", hidden="")
    return join(signing_in, element("div.keeper", drop, build, progress, said, leave, hidden=""), dialog)


def show_form(card: DocumentCard, corrected: Corrected) -> Html:
    """What was understood of a document, to be set right; what a person set is marked."""
    shown = shown_facts(card, corrected.own)
    rows = (
        element(
            "label",
            element("span", label, element("span.set", "已更正") if _is_set(corrected.own, name) else ""),
            element(
                "input",
                type="text",
                name=name,
                value=shown[name],
                placeholder=f"如 {_HINTS[name]}" if name in _HINTS else "",
            ),
        )
        for name, label in _LABELS.items()
    )
    hint = f"清空一项，就恢复为从文件里读到的。保存在 {corrections_file(corrected.path).name}，随后更新索引。"
    buttons = element(
        "div.buttons",
        element("button.cancel", "取消", type="button"),
        element("button.save", "保存并更新索引", type="submit"),
    )
    return element(
        "form", element("h2", card.title), *rows, element("p.hint", hint), element("p.wrong", role="alert"), buttons
    )


def shown_facts(card: DocumentCard, own: Corrections) -> dict[str, str]:
    """Each field as a person reads and writes it: what was set, or else what was read."""
    validity = card.validity
    read = {"effective": validity.effective, "expires": validity.expires, "repealed": validity.repealed}
    known = {name: read.get(name, getattr(card, name, None)) for name in _LABELS}
    given = {name: value for name, value in asdict(own).items() if value is not None}
    return {name: _written(value) for name, value in (known | given).items()}


def read_form(file: str, card: DocumentCard, own: Corrections, form: Mapping[str, str]) -> Corrections:
    """The corrections that a form says: fields that were set before, or differ from what was read.

    Raises DocumentError, naming the field, for what cannot be used.
    """
    shown = shown_facts(card, own)
    texts = {name: " ".join(form.get(name, shown[name]).split()) for name in _LABELS}
    given = {name: text for name, text in texts.items() if text and (_is_set(own, name) or text != shown[name])}
    return parse_corrections(file, {name: _value(name, text) for name, text in given.items()})


def _is_set(own: Corrections, name: str) -> bool:
    return getattr(own, name) is not None


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _YES if value else _NO
        case date():
            return value.isoformat()
        case tuple():
            return "、".join(map(str, value))
    return str(value)


def _value(name: str, text: str) -> object:
    """The value that a text stands for."""
    kind = next(str(field.type) for field in fields(Corrections) if field.name == name)
    try:
        if kind.startswith("date"):
            return date.fromisoformat(text)
        if kind.startswith("tuple"):
            return [int(year) for year in re.split(r"[、，,\s]+", text)]
        return {_YES: True, _NO: False}[text] if kind.startswith("bool") else text
    except (ValueError, KeyError) as error:
        raise DocumentError(f"“{_LABELS[name]}”里的“{text}”看不懂。请写成 {_HINTS[name]} 这样。") from error
