#!/usr/bin/env python3
"""Bring the translations of the window up to date with its sources.

python scripts/translations.py            new texts into resources/translations/*.ts, and *.qm from them
python scripts/translations.py --check    say what is missing or stale; exit status 1 if anything is

A new language: copy colorstudio_de.ts to colorstudio_XX.ts, run this, and translate it with Qt Linguist
(`pyside6-linguist`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

from colorstudio.document.palette_file import read_palette

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"

Message = tuple[str, str]  # context, source text


def update(ts: Path) -> None:
    """Put the texts of the sources into a translation; those that are no more go."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "colorstudio" / "gui").rglob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        shipped = Path(folder) / "shipped.py"
        marked = [
            f"QT_TRANSLATE_NOOP('Shipped', {json.dumps(text, ensure_ascii=False)})\n"
            for text in shipped_texts()
        ]
        shipped.write_text("".join(marked), encoding="utf-8")
        _run("pyside6-lupdate", *sources, str(shipped), "-no-obsolete", "-locations", "none", "-ts", str(ts))


def shipped_texts() -> list[str]:
    """What the window shows of the files that come along: palettes, and what networks say of themselves."""
    texts: dict[str, None] = {}
    for path in sorted((ROOT / "resources" / "palettes").glob("*.gpl")):
        palette = read_palette(path)
        texts |= dict.fromkeys([palette.name, palette.note, *(colour.name for colour in palette.colours)])
    for path in sorted((ROOT / "models").glob("*/model.toml")):
        texts[tomllib.loads(path.read_text(encoding="utf-8"))["description"]] = None
    texts.pop("", None)
    return list(texts)


def release(ts: Path, qm: Path) -> None:
    """Compile a translation."""
    _run("pyside6-lrelease", str(ts), "-qm", str(qm))


def _run(tool: str, *arguments: str) -> None:
    found = shutil.which(tool, path=str(Path(sys.executable).parent)) or shutil.which(tool)
    if found is None:
        sys.exit(f"There is no {tool}: it comes with PySide6, `make dev-env` installs it.")
    done = subprocess.run([found, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def messages(ts: Path) -> dict[Message, str]:
    """Texts of a translation; "" for those that are not translated."""
    found: dict[Message, str] = {}
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314 - a file of our own
        for message in context.iter("message"):
            translation = message.find("translation")
            finished = translation is not None and translation.get("type") is None
            words = (translation.text or "") if finished and translation is not None else ""
            found[context.findtext("name", ""), message.findtext("source", "")] = words
    return found


def problems(ts: Path) -> list[str]:
    """What is missing in a translation, or stale, in words."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / ts.name
        shutil.copy(ts, fresh)
        update(fresh)
        wanted, kept = messages(fresh), messages(ts)
        found = [
            f"{ts.name}: {context}: not translated: {text!r}"
            for (context, text), words in wanted.items()
            if not words
        ]
        found += [
            f"{ts.name}: {context}: not in the sources: {text!r}"
            for context, text in kept.keys() - wanted.keys()
        ]
        compiled = Path(folder) / "compiled.qm"
        release(ts, compiled)
        qm = ts.with_suffix(".qm")
        if not qm.is_file() or qm.read_bytes() != compiled.read_bytes():
            found.append(f"{qm.name}: not compiled from {ts.name}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale: list[str] = []
    for ts in sorted(FOLDER.glob("*.ts")):
        if not check:
            update(ts)
            release(ts, ts.with_suffix(".qm"))
        stale += problems(ts)
    for line in stale:
        print(line)
    if check and stale:
        sys.exit(1)


if __name__ == "__main__":
    main()
