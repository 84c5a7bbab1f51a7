"""The web chat: a page to ask in, with every reply beside the passages that say so."""

from qa.chat.serving import reserve_port, serve

__all__ = ["reserve_port", "serve"]
