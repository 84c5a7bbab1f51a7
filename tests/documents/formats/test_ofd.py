from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qa.documents.formats import extract
from qa.errors import DocumentError

from .samples import SAMPLES

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def write_ofd(path: Path, pages: list[str]) -> None:
    """A package as GB/T 33190 has it, with a template that draws a running head on every page."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    root = f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    document = (
        f'<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("OFD.xml", root)
        package.writestr("Doc_0/Document.xml", document)
        package.writestr("Doc_0/Tpls/Tpl_0/Content.xml", page([line("镇海区科技文件", 20, 10)], template=False))
        for number, content in enumerate(pages):
            package.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", content)


def page(objects: list[str], template: bool = True) -> str:
    used = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if template else ""
    layer = f"<ofd:Layer>{''.join(objects)}</ofd:Layer>"
    return f"<ofd:Page {NAMESPACE}>{used}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def line(text: str, x: float, y: float, size: float = 5) -> str:
    delta = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} {len(text) * size} {size}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" {delta}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def test_lines_are_joined_into_paragraphs_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ofd"
    first = [
        line("的决策部署，现就有关事项通知如下。", 20, 48),
        line("为深入贯彻落实党中央、国务院关于创新", 30, 40),
        line("一、总体要求", 30, 56),
        line("全年新增高新技术企业一百家，研发投入", 30, 64),
    ]
    second = [line("强度达到百分之三点五。", 20, 30), line("二", 100, 280)]
    write_ofd(path, [page(first), page(second)])
    found = extract(path)
    assert found.text.split("\n") == [
        "为深入贯彻落实党中央、国务院关于创新的决策部署，现就有关事项通知如下。",
        "一、总体要求",
        "全年新增高新技术企业一百家，研发投入强度达到百分之三点五。",
        "二",
    ]
    assert found.pages == (0, found.text.index("强度"))
    assert found.dropped == 2 * len("镇海区科技文件")


def test_a_file_of_another_producer() -> None:
    found = extract(SAMPLES / "notice.ofd")  # made by easyofd, which misplaces digits in its titles
    assert "2.建设研发机构。新建省级企业研究院5家。" in found.text.replace(" ", "").split("\n")
    assert len(found.pages) == 2


def test_a_package_without_its_pages_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.ofd"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("OFD.xml", f"<ofd:OFD {NAMESPACE}><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:OFD>")
    with pytest.raises(DocumentError, match="损坏"):
        extract(path)
