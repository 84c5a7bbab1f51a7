"""The web chat: builds the index if there is none, then serves the page."""

from __future__ import annotations

import sys

from qa.chat import reserve_port, serve
from qa.cli.progress import progress_bar
from qa.errors import IndexMissingError, QAError
from qa.knowledge_base import KnowledgeBase, rebuild
from qa.logs import log_to_stderr
from qa.settings import Settings, read_settings


def main() -> None:
    settings = read_settings()
    log_to_stderr()
    with reserve_port(settings.host, settings.port) as listening:
        serve(open_or_build(settings), listening, settings)


def open_or_build(settings: Settings) -> KnowledgeBase:
    """The knowledge base in the vectors folder, built from the documents folder where there is no index yet."""
    try:
        return KnowledgeBase.open(settings.vectors)
    except IndexMissingError:
        print(f"还没有索引，正在用“{settings.documents}”里的文件建立……", flush=True)
        with progress_bar() as progress:
            rebuild(settings.documents, settings.vectors, progress)
        return KnowledgeBase.open(settings.vectors)


if __name__ == "__main__":
    try:
        main()
    except QAError as error:
        sys.exit(f"错误：{error}")
    except KeyboardInterrupt:  # Ctrl-C is how it is meant to end
        print("已停止。")
