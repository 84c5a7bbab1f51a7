"""Zip packages, as .docx, .xlsx, .pptx and .ofd are, looked at before anything in them is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from qa.errors import DocumentError

_LARGEST_XML = 100 << 20  # bytes of XML when unpacked; pictures do not count, since nobody unpacks them
_SMALL = 10 << 20
_LARGEST_RATIO = 150  # sheets of zeros compress to a fortieth, bombs to a thousandth
_ENCRYPTED = 0x1


def open_package(path: Path) -> zipfile.ZipFile:
    """The package, ready to read.

    Raises DocumentError when it is truncated, has a password, or would unpack to more than is sane.
    """
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise broken_package() from error
    members = [info for info in package.infolist() if info.filename.lower().endswith((".xml", ".rels"))]
    unpacked, packed = sum(info.file_size for info in members), sum(info.compress_size for info in members)
    if any(info.flag_bits & _ENCRYPTED for info in package.infolist()):
        raise DocumentError("文件有密码保护。请打开后取消密码，重新保存。")
    if unpacked > _LARGEST_XML or (unpacked > _SMALL and unpacked > packed * _LARGEST_RATIO):
        raise DocumentError(
            f"文件解压后有 {unpacked >> 20} MB，超过 {_LARGEST_XML >> 20} MB 的上限或压缩比异常。请拆成较小的文件。"
        )
    return package


def broken_package() -> DocumentError:
    return DocumentError("文件不完整或已损坏，无法打开。请重新下载或另存该文件。")
