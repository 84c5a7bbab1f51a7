"""The compiled encoder's tokeniser gives what the tokenizers library gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index.encoder.tokenisation import UnigramTokeniser, open_tokeniser, save_tokeniser
from tests.index.encoder.conftest import TEXTS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

PIECES = [
    ("<s>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0), ("政", -3.0), ("府", -3.0), ("政府", -4.0),
    ("▁政", -4.5), ("府工", -3.5), ("工", -3.0), ("a", -1.0), ("aa", -2.0), ("aaa", -2.9),
]  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Tokenizer:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(PIECES, unk_id=2, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 1)]
    )
    return tokenizer


@pytest.fixture(scope="module")
def ours(library: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> UnigramTokeniser:
    folder = tmp_path_factory.mktemp("tokeniser")
    save_tokeniser(library, folder)
    tokeniser = open_tokeniser(folder, 512)
    assert isinstance(tokeniser, UnigramTokeniser)
    return tokeniser


def test_the_likeliest_pieces_win(ours: UnigramTokeniser) -> None:
    # ▁政 + 府工 (-8.0) beats ▁ + 政府 + 工 (-9.0)
    assert ours.encode(["政府工"]) == [[0, 7, 8, 1]]


def test_a_run_of_unknown_characters_is_one_piece(ours: UnigramTokeniser) -> None:
    assert ours.encode(["政甲乙丙政"]) == [[0, 7, 2, 4, 1]]


def test_long_texts_are_cut_before_the_end_mark(library: Tokenizer, tmp_path: Path) -> None:
    save_tokeniser(library, tmp_path)
    assert open_tokeniser(tmp_path, 4).encode(["政府工政府工"]) == [[0, 7, 8, 1]]


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.text(alphabet="政府工a甲乙 \u3000", max_size=30), max_size=5))
def test_any_text_is_cut_as_the_library_cuts_it(library: Tokenizer, ours: UnigramTokeniser, texts: list[str]) -> None:
    assert ours.encode(texts) == [encoding.ids for encoding in library.encode_batch(texts)]


def test_real_text_is_cut_as_the_packaged_models_library_tokeniser_cuts_it(
    packaged_model: SentenceTransformer, seed_paragraphs: list[str], tmp_path: Path
) -> None:
    texts = ["query: " + text for text in (*TEXTS, *seed_paragraphs, "", " ", "\U0002f81a\U00030000x", "…………")]
    library = packaged_model.tokenizer.backend_tokenizer
    library.no_padding()
    library.enable_truncation(200)
    expected = [encoding.ids for encoding in library.encode_batch(texts)]
    save_tokeniser(type(library).from_str(library.to_str()), tmp_path)
    assert open_tokeniser(tmp_path, 200).encode(texts) == expected
