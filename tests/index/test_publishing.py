from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa.errors import BuildRunningError, IndexMissingError, IndexUnusableError
from qa.index.publishing import generation_name, live_folder, new_generation, one_build, publish


def publish_one(vectors: Path) -> str:
    with one_build(vectors):
        folder = new_generation(vectors)
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
    with one_build(tmp_path):
        folder = new_generation(tmp_path)
    assert folder.is_dir()
    assert live_folder(tmp_path).name == name
    publish_one(tmp_path)
    assert not folder.exists()


def test_one_build_at_a_time(tmp_path: Path) -> None:
    with one_build(tmp_path):
        folder = new_generation(tmp_path)
        with pytest.raises(BuildRunningError, match="等它结束"), one_build(tmp_path):
            pass
        assert folder.is_dir()
    publish_one(tmp_path)


@pytest.mark.parametrize("vectors", ["", "none", "file"])
def test_no_index_says_how_to_make_one(tmp_path: Path, vectors: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexMissingError, match="python -m qa build"):
        live_folder(tmp_path / vectors)


@pytest.mark.parametrize(
    "current", ["", "..", "/etc", "../20261122T000000Z-00000000", "20261122T000000Z-00000000", "中"]
)
def test_a_current_that_names_no_generation_is_refused(tmp_path: Path, current: str) -> None:
    (tmp_path / "current").write_text(current, encoding="utf-8")
    with pytest.raises(IndexUnusableError, match="python -m qa build"):
        live_folder(tmp_path)


def test_every_bit_of_current_counts(tmp_path: Path) -> None:
    content = f"{publish_one(tmp_path)}\n".encode()
    for bit in range(len(content) * 8):
        damaged = bytearray(content)
        damaged[bit // 8] ^= 1 << bit % 8
        (tmp_path / "current").write_bytes(damaged)
        with pytest.raises(IndexUnusableError):
            live_folder(tmp_path)


def test_all_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, ...]] = []
    fsync, rename, replace = os.fsync, Path.rename, Path.replace

    def note(act: str, *paths: object) -> None:
        done.append((act, *(str(Path(str(path)).relative_to(tmp_path)) for path in paths)))

    def noting_fsync(descriptor: int) -> None:
        note("fsync", Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    def noting_rename(path: Path, target: Path) -> Path:
        note("rename", path, target)
        return rename(path, target)

    def noting_replace(path: Path, target: Path) -> Path:
        note("rename", path, target)
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(Path, "rename", noting_rename)
    monkeypatch.setattr(Path, "replace", noting_replace)
    name = publish_one(tmp_path)
    building = f".building-{name}"
    first = {("fsync", path) for path in (building, f"{building}/words", f"{building}/words/file")}
    assert set(done[:3]) == first
    assert done[3:] == [
        ("rename", building, name),
        ("fsync", ".current"),
        ("fsync", "."),
        ("rename", ".current", "current"),
        ("fsync", "."),
    ]
