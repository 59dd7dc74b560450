"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, one line a row."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("".join(f"| {cell} " if cell else "| " for cell in line) + "|" for line in lines)


def two_columns(rows: Mapping[str, str]) -> str:
    """A table of names and what they are, without those that are nothing."""
    return table(("", ""), [(name, value) for name, value in rows.items() if value])


def in_words(names: Sequence[str]) -> str:
    """One after the other, "and" before the last."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
