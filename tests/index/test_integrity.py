from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.index.integrity import broken_files, read_sealed, seal_files, write_sealed

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw reads the table of Unicode
@given(st.dictionaries(st.sampled_from(["format", "来源", "x"]), SCALARS | st.lists(SCALARS, max_size=3)))
def test_what_was_sealed_is_read_again(fields: dict[str, object]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "file.json")
        write_sealed(file, fields)
        assert read_sealed(file) == fields


def test_every_bit_of_a_sealed_file_counts(tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    write_sealed(file, {"format": 3, "来源": {"甲.txt": "a1"}, "share": 0.5, "none": None})
    content = file.read_bytes()
    for bit in range(len(content) * 8):
        damaged = bytearray(content)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)
        with pytest.raises(ValueError):
            read_sealed(file)


def test_files_that_are_not_what_they_were_are_named(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    for name in ("a", "b", "words/c", "d"):
        (tmp_path / name).write_text(name)
    seals = seal_files(tmp_path)
    assert (list(seals), broken_files(tmp_path, seals)) == (["a", "b", "d", "words/c"], [])
    (tmp_path / "words/c").write_text("words/b")
    (tmp_path / "d").unlink()
    (tmp_path / "b").unlink()
    (tmp_path / "b").mkdir()
    assert broken_files(tmp_path, seals) == ["b", "d", "words/c"]
