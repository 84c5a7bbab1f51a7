"""The thumbs under a reply: up, or down with a reason."""

from __future__ import annotations

from qa.chat.markup import Html, element
from qa.feedback import LONGEST_WORDS, REASONS


def show_thumbs() -> Html:
    """The thumbs, the reasons folded below the second."""
    reasons = (
        element("label", element("input", type="radio", name="reason", value=reason, required=""), reason)
        for reason in REASONS
    )
    words = element(
        "textarea.words",
        name="words",
        rows=2,
        maxlength=LONGEST_WORDS,
        placeholder="补充说明（可不填）",
        aria_label="补充说明",
    )
    form = element(
        "form.reasons",
        element("fieldset", element("legend", "哪里不对？"), *reasons),
        words,
        element("button.send", "提交", type="submit"),
    )
    down = element("details.down", element("summary", "踩", aria_label="踩，并说明原因"), form)
    up = element("button.act up", "赞", type="button", aria_label="赞，回答正确")
    return element("div.thumbs", up, down, element("p.thanks", role="status", tabindex=-1))
