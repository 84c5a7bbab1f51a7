"""What was backed up comes back; nothing is overwritten unasked, and a forged or damaged backup changes nothing."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from qa.backup import back_up, restore
from qa.cli.commands import main
from qa.errors import BackupError
from qa.feedback import FEEDBACK
from qa.index.integrity import FileSeal
from tests.index.samples import listing

Folders = tuple[Path, Path]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    documents, vectors = tmp_path / "文档", tmp_path / "vectors"
    (documents / "区" / "科技").mkdir(parents=True)
    vectors.mkdir()
    (documents / "通知.txt").write_text("甲", encoding="utf-8")
    (documents / "通知.txt.qa.toml").write_text('title = "通知"', encoding="utf-8")
    (documents / "区" / "科技" / "要点.pdf").write_bytes(bytes(range(256)) * 300)
    (documents / ".隐藏").write_text("不是文档", encoding="utf-8")
    with closing(sqlite3.connect(vectors / FEEDBACK)) as feedback, feedback:
        feedback.execute("PRAGMA journal_mode = WAL")
        feedback.execute("CREATE TABLE thumbs (question TEXT)")
        feedback.execute("INSERT INTO thumbs VALUES ('多少家')")
    return documents, vectors


def thumbs(vectors: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(vectors / FEEDBACK)) as feedback:
        return feedback.execute("SELECT question FROM thumbs").fetchall()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_backed_up_comes_back(folders: Folders, tmp_path: Path) -> None:
    (folders[0] / "外.txt").symlink_to("/etc/passwd")
    (folders[0] / "里.txt").symlink_to(folders[0] / "通知.txt")
    report = back_up(tmp_path / "b.tar.gz", *folders)
    assert (report.documents, report.feedback, report.left_out) == (4, True, ("外.txt",))
    elsewhere = tmp_path / "别处", tmp_path / "v"
    put_back = restore(tmp_path / "b.tar.gz", *elsewhere)
    assert (len(put_back.restored), put_back.replaced, put_back.kept) == (5, (), 0)
    kept = contents(folders[0])
    del kept[".隐藏"], kept["外.txt"]
    assert contents(elsewhere[0]) == kept
    assert not (elsewhere[0] / "里.txt").is_symlink()
    assert thumbs(elsewhere[1]) == [("多少家",)]
    again = restore(tmp_path / "b.tar.gz", *elsewhere)
    assert (again.restored, again.kept) == ((), 5)


def test_feedback_that_is_being_written_is_backed_up(folders: Folders, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folders[1] / FEEDBACK)) as writer:
        writer.execute("INSERT INTO thumbs VALUES ('还没有存')")
        back_up(tmp_path / "b.tar.gz", *folders)
    restore(tmp_path / "b.tar.gz", tmp_path / "d", tmp_path / "v")
    assert thumbs(tmp_path / "v") == [("多少家",)]


def test_nothing_is_overwritten_unasked(folders: Folders, tmp_path: Path) -> None:
    back_up(tmp_path / "b.tar.gz", *folders)
    (folders[0] / "通知.txt").write_text("乙", encoding="utf-8")
    (folders[0] / "区" / "科技" / "要点.pdf").unlink()
    (folders[0] / "新.txt").write_text("新", encoding="utf-8")
    with closing(sqlite3.connect(folders[1] / FEEDBACK)) as feedback, feedback:
        feedback.execute("INSERT INTO thumbs VALUES ('后来的')")
    before = listing(folders[0])
    with pytest.raises(BackupError, match=r"2 个文件已存在且内容不同.*通知.txt.*--overwrite"):
        restore(tmp_path / "b.tar.gz", *folders)
    assert listing(folders[0]) == before
    report = restore(tmp_path / "b.tar.gz", *folders, overwrite=True)
    assert set(report.replaced) == {"documents/通知.txt", FEEDBACK}
    assert set(report.restored) == {*report.replaced, "documents/区/科技/要点.pdf"}
    assert (folders[0] / "通知.txt").read_text(encoding="utf-8") == "甲"
    assert (folders[0] / "新.txt").read_text(encoding="utf-8") == "新"
    assert thumbs(folders[1]) == [("多少家",)]


def test_a_backup_is_never_overwritten(folders: Folders, tmp_path: Path) -> None:
    back_up(tmp_path / "b.tar.gz", *folders)
    with pytest.raises(BackupError, match="已存在"):
        back_up(tmp_path / "b.tar.gz", *folders)
    with pytest.raises(BackupError, match=r"以 \.tar\.gz 结尾"):
        back_up(tmp_path / "b.zip", *folders)
    with pytest.raises(BackupError, match="没有文件可备份"):
        back_up(tmp_path / "c.tar.gz", tmp_path / "没有", folders[1])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "vectors", "文档"]


def test_every_damaged_backup_is_refused(folders: Folders, tmp_path: Path) -> None:
    back_up(tmp_path / "b.tar.gz", *folders)
    content = (tmp_path / "b.tar.gz").read_bytes()
    for place in range(12, len(content) - 4, max(1, len(content) // 60)):
        damaged = bytearray(content)
        damaged[place] ^= 1
        (tmp_path / "b.tar.gz").write_bytes(damaged)
        try:
            restore(tmp_path / "b.tar.gz", tmp_path / "d", tmp_path / "v")
        except BackupError:
            assert not (tmp_path / "d").exists()
        else:  # a bit that says nothing, as in gzip's own name for the file
            assert (tmp_path / "d" / "通知.txt").read_text(encoding="utf-8") == "甲"
            shutil.rmtree(tmp_path / "d")
            shutil.rmtree(tmp_path / "v")
    (tmp_path / "b.tar.gz").write_bytes(content[: len(content) // 2])
    with pytest.raises(BackupError, match="不完整或已损坏"):
        restore(tmp_path / "b.tar.gz", tmp_path / "d", tmp_path / "v")
    with pytest.raises(BackupError, match="No such file"):
        restore(tmp_path / "没有.tar.gz", tmp_path / "d", tmp_path / "v")


def forge(file: Path, names: dict[str, tarfile.TarInfo]) -> None:
    """A backup whose list of contents agrees with what is in it."""
    seal = asdict(FileSeal(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
    listed = json.dumps({"format": 1, "files": dict.fromkeys(names, seal)}).encode()
    with tarfile.open(file, "w:gz") as archive:
        for member in names.values():
            archive.addfile(member)
        member = tarfile.TarInfo("contents.json")
        member.size = len(listed)
        archive.addfile(member, io.BytesIO(listed))


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/x", "documents/../../x", "documents//etc/x", "documents/a/../../../x", "documents/.git/hooks/x", "x",
     "documents/", "documents/区/../../x", "current", "documents/出/x", "documents/." + "x" * 300],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    documents = tmp_path / "d"
    documents.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (documents / "出").symlink_to(tmp_path / "elsewhere")
    forge(tmp_path / "b.tar.gz", {"documents/好.txt": tarfile.TarInfo("documents/好.txt"), name: tarfile.TarInfo(name)})
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BackupError, match=r"不该有的文件名|清单不符|不完整或已损坏"):
        restore(tmp_path / "b.tar.gz", documents, tmp_path / "v")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE])
def test_whatever_is_no_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    member = tarfile.TarInfo("documents/a.txt")
    member.type, member.linkname = kind, "/etc/passwd"
    forge(tmp_path / "b.tar.gz", {"documents/a.txt": member})
    with pytest.raises(BackupError, match="清单不符"):
        restore(tmp_path / "b.tar.gz", tmp_path / "d", tmp_path / "v")
    assert not (tmp_path / "d").exists()


def test_the_commands(folders: Folders, tmp_path: Path) -> None:
    def run(*arguments: str | Path) -> str:
        where = ["--documents", folders[0], "--vectors", folders[1]]
        return CliRunner().invoke(main, [str(given) for given in (*arguments, *where)]).output

    assert "3 个文件（含更正）和反馈，已核对" in run("backup", tmp_path / "b.tar.gz")
    (folders[0] / "通知.txt").write_text("乙", encoding="utf-8")
    assert "没有覆盖" in run("restore", tmp_path / "b.tar.gz")
    assert "恢复 1 个文件，3 个本来就相同\n覆盖 'documents/通知.txt'" in run(
        "restore", tmp_path / "b.tar.gz", "--overwrite"
    )
