"""What every part of the page is made with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from qa.chat.markup import Html

# Events of the page: they are no endpoints for programs, and nothing spins while they run.
quietly: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def html(content: Html, **options: Any) -> gr.HTML:
    """Our own markup in our own look; it listens to clicks only where a script says so."""
    return gr.HTML(content, apply_default_css=False, **({"js_on_load": None} | options))


def script(name: str) -> str:
    """A script that stands beside this file."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def file_name(text: str) -> str:
    """A name for a file about the text, without its ending."""
    return "".join(character if character.isalnum() else "_" for character in text)[:40]
