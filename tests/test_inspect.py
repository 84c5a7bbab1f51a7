from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qa.cli.commands import main
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

SAMPLES = Path(__file__).parent / "documents" / "formats" / "samples"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="qa")


def test_inspect_shows_what_was_understood() -> None:
    result = run("inspect", SAMPLES / "notice.pdf")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "notice.pdf：1 份文档，舍去 22 字"
    assert "《宁波市镇海区科学技术局关于印发《2024年科技工作要点》的通知》" in lines
    assert "  region: 浙江省宁波市镇海区" in lines
    assert "  kind: 通知" in lines
    assert "    （一）培育创新主体" in lines
    assert "  第1页 [heading] 一、总体要求：一、总体要求（2024 目标）" in lines
    assert all(len(line) < 200 for line in lines)


def test_inspect_shows_what_the_cells_of_a_table_tell() -> None:
    lines = run("inspect", SAMPLES / "indicators.xlsx").stdout.splitlines()
    row = lines.index("  [row] ：镇海区 | 高新技术企业（家） | 100 | 112.0%（2024）")
    told = ["镇海区高新技术企业2024年 目标100家", "镇海区高新技术企业2024年 完成率112.0%"]
    assert lines[row + 1 : row + 3] == [f"    = {figure}" for figure in told]


def test_inspect_as_json_has_everything() -> None:
    shown = json.loads(run("inspect", SAMPLES / "page.html", "--json").stdout)
    assert set(shown) == {"source", "documents", "dropped", "doubts"}
    (document,) = shown["documents"]
    assert set(document) == {"card", "pages", "sections", "passages", "furniture"}
    assert document["card"]["number"] == "镇科〔2024〕6号"
    assert document["passages"][0].keys() >= {"kind", "page", "section", "text", "context", "years", "aim", "told"}


def test_inspect_shows_furniture_and_doubts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("打印本页\n关闭窗口\n", encoding="utf-8")
    shown = json.loads(run("inspect", tmp_path / "a.txt", "--json").stdout)
    assert shown["documents"][0]["furniture"] == ["打印本页", "关闭窗口"]
    assert "没有正文段落" in shown["doubts"]
    assert "可疑：没有正文段落" in run("inspect", tmp_path / "a.txt").stdout


def test_inspect_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    for path, reason in ((SAMPLES / "locked.pdf", "密码"), (tmp_path / "没有.txt", "无法读取")):
        result = run("inspect", path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("错误：")
        assert reason in result.stderr


@pytest.fixture
def folders(tmp_path: Path, stub: StubEncoder, monkeypatch: pytest.MonkeyPatch) -> Path:
    documents = tmp_path / "文档"
    write_notice(documents, "科技计划", "2024年新增高新技术企业110家。")
    monkeypatch.setenv("QA_DOCUMENTS", str(documents))
    monkeypatch.setenv("QA_VECTORS", str(tmp_path / "vectors"))
    return documents


def test_dry_run_lists_the_changes_and_writes_nothing(folders: Path, tmp_path: Path) -> None:
    result = run("build", "--dry-run")
    assert (result.exit_code, (tmp_path / "vectors").exists()) == (0, False)
    assert result.stdout.splitlines() == [
        "新增 1 个，修改 0 个，改名 0 个，删除 0 个，未变 0 个",
        "新增 '科技计划.txt'",
    ]
    run("build")
    (folders / "科技计划.txt").rename(folders / "计划.txt")
    shown = json.loads(run("build", "--dry-run", "--json").stdout)
    assert shown["changes"]["renamed"] == [["科技计划.txt", "计划.txt"]]


def test_build_reports_what_it_read_and_what_looks_wrong(folders: Path) -> None:
    (folders / "科技计划.txt.qa.toml").write_text('titel = "x"', encoding="utf-8")
    lines = run("build").stdout.splitlines()
    assert lines[1].startswith("读取 1 个文件，沿用 0 个；新增 1 个")
    assert lines[2].startswith("可疑 '科技计划.txt'：更正文件“科技计划.txt.qa.toml”里有不认识的项：titel")
    shown = json.loads(run("build", "--json").stdout)
    assert shown["suspicious"][0]["source"] == "科技计划.txt"
    assert "可疑 1 个文件：" in run("info").stdout


def test_what_documents_have_to_do_with_each_other_is_said(folders: Path) -> None:
    rule = "第一条 为规范科技项目管理，提高财政资金使用效益，根据有关规定，结合本区实际，制定本办法，请各单位遵照执行。"
    old, new = folders / "旧.txt", folders / "新.txt"
    old.write_text(f"项目管理办法\n{rule * 2}\n本办法自2019年5月1日起施行，有效期五年。", encoding="utf-8")
    new.write_text(f"资金管理办法\n{rule}\n本办法自2024年4月1日起施行，《项目管理办法》同时废止。", encoding="utf-8")
    (folders / "副本.txt").write_bytes(old.read_bytes())
    shown = run("inspect", new).stdout.splitlines()
    assert {"  effective: 2024-04-01", "  repeals: ['《项目管理办法》']"} <= set(shown)
    assert "内容几乎相同：'副本.txt'、'旧.txt'" in run("build").stdout.splitlines()
    held = run("info").stdout
    assert "旧.txt（被 新.txt 废止；有效期至 2024-04-30；与 副本.txt 内容几乎相同）" in held


def test_ctrl_c_ends_with_one_line_and_130(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.cli.commands.rebuild", stop)
    result = run("build")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "已停止。重新运行同一命令会接着做，已完成的计算不会重做。\n"


def test_page_is_shown_with_citations_and_hits(folders: Path) -> None:
    (folders / "notice.pdf").write_bytes((SAMPLES / "notice.pdf").read_bytes())
    (folders / "科技计划.txt").unlink()
    run("build")
    assert "第1页" in run("ask", "全年新增高新技术企业目标").stdout
    assert "第1页" in run("retrieve", "全年新增高新技术企业目标").stdout
    shown = json.loads(run("ask", "全年新增高新技术企业目标", "--json").stdout)
    assert shown["citations"][0]["page"] == 1
