"""Links for people: as an address, and as a code that a phone's camera reads."""

from __future__ import annotations


def invitation_link(address: str, code: str) -> str:
    """Return the address of an invitation. address: the server's, as people know it."""
    return f"{address}/welcome/{code}"


def drawn_code(link: str) -> str:
    """Return a link as the path of an SVG (one unit a module, with its quiet zone) and its width.

    The text is ``"<width> <path>"``.
    """
    import segno

    code = segno.make(link, error="m")
    width, _height = code.symbol_size(border=4)
    rows = (
        (x, y) for y, row in enumerate(code.matrix_iter(border=4)) for x, on in enumerate(row) if on
    )
    return f"{width} " + "".join(f"M{x} {y}h1v1h-1z" for x, y in rows)


def code_in_letters(link: str) -> str:
    """Return a link as a code for a terminal."""
    import io

    import segno

    out = io.StringIO()
    segno.make(link, error="m").terminal(out=out, compact=True)
    return out.getvalue()
