"""Older and foreign office formats, converted by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from qa.documents.formats.extracts import Extract
from qa.errors import DocumentError

_TIMEOUT = 120  # seconds
_PROGRAMS = ("soffice", "libreoffice")


def read_writer(path: Path) -> Extract:
    """A text document: .doc, .wps, .rtf, .odt. Raises DocumentError when it cannot be converted."""
    from qa.documents.formats.word import read_docx

    with tempfile.TemporaryDirectory(prefix="qa-convert-") as folder:
        return read_docx(_convert(path, "docx", Path(folder)))


def read_calc(path: Path) -> Extract:
    """A spreadsheet: .xls, .et, .ods. Raises DocumentError when it cannot be converted."""
    from qa.documents.formats.spreadsheet import read_xlsx

    with tempfile.TemporaryDirectory(prefix="qa-convert-") as folder:
        return read_xlsx(_convert(path, "xlsx", Path(folder)))


def read_impress(path: Path) -> Extract:
    """A presentation: .ppt, .dps, .odp. Raises DocumentError when it cannot be converted."""
    from qa.documents.formats.slides import read_pptx

    with tempfile.TemporaryDirectory(prefix="qa-convert-") as folder:
        return read_pptx(_convert(path, "pptx", Path(folder)))


def _convert(path: Path, target: str, folder: Path) -> Path:
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise DocumentError(
            f"“{path.suffix}”文件要经 LibreOffice 转换才能读取，但没有安装。"
            f"请安装 LibreOffice，或另存为 .{target} 后放入。"
        )
    source = folder / f"source{path.suffix.lower()}"  # a name of our own: the file's may begin with a dash
    shutil.copyfile(path, source)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", target, "--outdir", str(folder / "out"), str(source)]
    # soffice starts a second process, which a plain timeout would leave running
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(_TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"LibreOffice 转换超过 {_TIMEOUT} 秒，已停止。请另存为 .{target} 后放入。") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    converted = folder / "out" / f"source.{target}"
    if not converted.is_file():
        raise DocumentError(f"LibreOffice 无法转换这个文件，可能已损坏或有密码。请打开后另存为 .{target}。")
    return converted
