"""The compiled encoder's tokeniser: the original's, read from files that open quickly.

A unigram tokeniser of 250,000 pieces takes the tokenizers library 1.1 s to open, all of it holding the interpreter;
as plain lists it takes 0.1 s, and finding the best pieces is a dozen lines. Any other kind the library opens itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

TOKENIZER, PIECES, SCORES = "tokenizer.json", "pieces.json", "scores.npy"
_UNKNOWN_PENALTY = 10.0  # below the rarest piece, as in SentencePiece


class Tokeniser(Protocol):
    """Texts to the numbers of their tokens, marks at both ends included, cut at `max_length`."""

    def encode(self, texts: Sequence[str]) -> list[list[int]]: ...


def save_tokeniser(tokenizer: Any, folder: Path) -> None:
    """Writes a `tokenizers.Tokenizer` for `open_tokeniser`."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    content = json.loads(tokenizer.to_str())
    model = content["model"]
    if model["type"] != "Unigram" or model.get("byte_fallback") or model["unk_id"] is None:
        tokenizer.save(str(folder / TOKENIZER), pretty=False)
        return
    pieces, scores = zip(*model["vocab"], strict=True)
    mask = (encoding := tokenizer.encode("1")).special_tokens_mask
    start, end = mask.index(0), len(mask) - mask[::-1].index(0)
    content["unigram"] = {"unknown": model["unk_id"], "start": encoding.ids[:start], "end": encoding.ids[end:]}
    content |= {"added_tokens": [], "post_processor": None, "decoder": None}
    model |= {"vocab": [["?", 0.0]], "unk_id": 0}
    (folder / TOKENIZER).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    (folder / PIECES).write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
    np.save(folder / SCORES, np.array(scores, np.float64))


def open_tokeniser(folder: Path, max_length: int) -> Tokeniser:
    """The tokeniser that `save_tokeniser` wrote. Raises OSError and ValueError for files that are not its own."""
    if (folder / PIECES).is_file():
        return UnigramTokeniser(folder, max_length)
    return LibraryTokeniser(folder, max_length)


class LibraryTokeniser:
    """Whatever the tokenizers library can open."""

    def __init__(self, folder: Path, max_length: int) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(max_length)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]


class UnigramTokeniser:
    """The likeliest pieces of a text (Kudo, 2018), with the library's own normalisation and pre-tokenisation.

    A mark such as "</s>" that stands in a text is read as the piece it is in the vocabulary.
    """

    def __init__(self, folder: Path, max_length: int) -> None:
        from tokenizers import Tokenizer

        content = json.loads((folder / TOKENIZER).read_text(encoding="utf-8"))
        unigram = content.pop("unigram")
        pieces = json.loads((folder / PIECES).read_text(encoding="utf-8"))
        self._tokenizer = Tokenizer.from_str(json.dumps(content))
        self._numbers = dict(zip(pieces, range(len(pieces)), strict=True))
        self._scores: list[float] = np.load(folder / SCORES).tolist()
        self._longest = max(map(len, pieces))
        self._unknown: int = unigram["unknown"]
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY
        self._start: list[int] = unigram["start"]
        self._end: list[int] = unigram["end"]
        self._room = max_length - len(self._start) - len(self._end)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        return [self._start + self._pieces(text)[: self._room] + self._end for text in texts]

    def _pieces(self, text: str) -> list[int]:
        normalizer, pre_tokenizer = self._tokenizer.normalizer, self._tokenizer.pre_tokenizer
        normalised = normalizer.normalize_str(text) if normalizer else text
        words = [word for word, _ in pre_tokenizer.pre_tokenize_str(normalised)] if pre_tokenizer else [normalised]
        return [number for word in words for number in self._best_path(word)]

    def _best_path(self, word: str) -> list[int]:
        """The pieces of highest summed score that make up `word`; a run of unknown characters is one piece."""
        length = len(word)
        best: list[tuple[float, int, int]] = [(0.0, 0, -1)] + [(-np.inf, 0, -1)] * length  # score, from where, piece
        for start in range(length):
            so_far = best[start][0]
            known = False
            for end in range(start + 1, min(start + self._longest, length) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None:
                    known = known or end == start + 1
                    if (score := self._scores[number] + so_far) > best[end][0]:
                        best[end] = (score, start, number)
            if not known and (score := self._unknown_score + so_far) > best[start + 1][0]:
                best[start + 1] = (score, start, self._unknown)
        path: list[int] = []
        while length:
            _, length, number = best[length]
            if number != self._unknown or not path or path[-1] != self._unknown:
                path.append(number)
        return path[::-1]
