"""What people type, made fit to keep and to show: the same here as on the server's pages."""

from sync.typed import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    TextMissing,
    TextTooLong,
    line,
    lines,
    name,
)

__all__ = [
    "LONGEST_LINE",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "TextMissing",
    "TextTooLong",
    "line",
    "lines",
    "name",
]
