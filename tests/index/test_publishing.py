from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import BuildRunningError, IndexMissingError, IndexUnusableError
from qa.index.publishing import generation_name, live_folder, new_generation, publish


def publish_one(vectors: Path) -> str:
    with new_generation(vectors) as folder:
        (folder / "words").mkdir()
        (folder / "words" / "file").write_text("内容", encoding="utf-8")
        publish(folder)
    return generation_name(folder)


def test_what_is_published_is_live(tmp_path: Path) -> None:
    name = publish_one(tmp_path / "deep" / "vectors")
    assert live_folder(tmp_path / "deep" / "vectors") == tmp_path / "deep" / "vectors" / name
    assert (tmp_path / "deep" / "vectors" / name / "words" / "file").read_text(encoding="utf-8") == "内容"


def test_the_generation_before_stays_and_older_ones_go(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    names = [publish_one(tmp_path) for _ in range(4)]
    assert live_folder(tmp_path).name == names[3]
    assert {path.name for path in tmp_path.iterdir()} == {"README.md", "current", ".lock", *names[2:]}


def test_what_died_is_never_live_and_goes_with_the_next_build(tmp_path: Path) -> None:
    name = publish_one(tmp_path)
    with pytest.raises(RuntimeError, match="died"), new_generation(tmp_path) as folder:
        raise RuntimeError("died")
    assert folder.is_dir()
    assert live_folder(tmp_path).name == name
    publish_one(tmp_path)
    assert not folder.exists()


def test_one_build_at_a_time(tmp_path: Path) -> None:
    with new_generation(tmp_path) as folder:
        with pytest.raises(BuildRunningError, match="等它结束"), new_generation(tmp_path):
            pass
        assert folder.is_dir()
    publish_one(tmp_path)


@pytest.mark.parametrize("vectors", ["", "none", "file"])
def test_no_index_says_how_to_make_one(tmp_path: Path, vectors: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexMissingError, match="python -m qa build"):
        live_folder(tmp_path / vectors)


@pytest.mark.parametrize("current", ["", "..", "/etc", "../20261122T000000Z-00000000", "20261122T000000Z-00000000"])
def test_a_current_that_names_no_generation_is_refused(tmp_path: Path, current: str) -> None:
    (tmp_path / "current").write_text(current, encoding="utf-8")
    with pytest.raises(IndexUnusableError, match="python -m qa build"):
        live_folder(tmp_path)
