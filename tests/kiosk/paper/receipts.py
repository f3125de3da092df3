"""A receipt printer as it is on the desk: takes bytes, answers for its paper, shows what it printed.

It knows the commands that python-escpos sends for us and nothing else: any other byte is a failure,
as it would come out as rubbish. Its own letters are those of code page 437, 12 by 24 dots.
"""

from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont

from kiosk.ui.fonts import FOLDER

STATUS = {"enough": b"\x12", "low": b"\x1e", "out": b"\x72"}
CELL = (12, 24)
_FONT = str(FOLDER / "NotoSans-400.ttf")


@dataclass
class Roll:
    """What came out: pictures and lines in order, and all that was in letters."""

    width: int
    strips: list = field(default_factory=list)
    letters: list = field(default_factory=list)
    cuts: int = 0
    align: int = 0
    bold: bool = False
    size: tuple = (1, 1)

    def take(self, stream):
        """Print a stream of commands to its end."""
        at = 0
        while at < len(stream):
            at += self._command(stream, at)
        return self

    def _command(self, stream, at):
        two, three = stream[at : at + 2], stream[at : at + 3]
        if two == b"\x1b@":
            self.align, self.bold, self.size = 0, False, (1, 1)
            return 2
        if three in (b"\x1bt\x00", b"\x1bM\x00") or two == b"\x1c.":
            return len(three) if two != b"\x1c." else 2
        if two == b"\x1ba":
            self.align = stream[at + 2]
            return 3
        if two in (b"\x1bE", b"\x1b-"):
            self.bold = bool(stream[at + 2]) if two == b"\x1bE" else self.bold
            return 3
        if two == b"\x1d!":
            self.size = (stream[at + 2] >> 4) + 1, (stream[at + 2] & 7) + 1
            return 3
        if two == b"\x1bd":
            self.strips.append(Image.new("1", (self.width, 24 * stream[at + 2]), 1))
            return 3
        if two == b"\x1dV":
            self.cuts += 1
            return 4 if stream[at + 2] > 64 else 3  # 65 and 66: with a feed before
        if stream[at : at + 3] == b"\x1dv0":
            return self._raster(stream, at)
        return self._line(stream, at)

    def _raster(self, stream, at):
        wide = int.from_bytes(stream[at + 4 : at + 6], "little")
        tall = int.from_bytes(stream[at + 6 : at + 8], "little")
        assert wide * 8 <= self.width, "wider than the paper"
        dots = bytes(~byte & 255 for byte in stream[at + 8 : at + 8 + wide * tall])
        assert len(dots) == wide * tall, "the picture is cut short"
        self.strips.append(Image.frombytes("1", (wide * 8, tall), dots))
        return 8 + wide * tall

    def _line(self, stream, at):
        end = stream.find(b"\n", at)
        line = stream[at:end].decode("cp437")
        assert end >= 0, f"no command: {stream[at : at + 8].hex(' ')}"
        assert line.isprintable(), f"no command: {stream[at : at + 8].hex(' ')}"
        wide = CELL[0] * self.size[0] * len(line)
        assert wide <= self.width, f"a line of {len(line)} letters runs over the edge"
        self.letters.append(line)
        self.strips.append((line, self.size, (self.width - wide) // 2 if self.align == 1 else 0))
        return end - at + 1

    def _set(self, line, size, left):
        cell_w, cell_h = (a * b for a, b in zip(CELL, size, strict=True))
        strip = Image.new("1", (self.width, round(cell_h * 1.25)), 1)
        for nth, letter in enumerate(line):
            cell = Image.new("L", CELL, 255)
            font = ImageFont.truetype(_FONT, 19)
            ImageDraw.Draw(cell).text((6, 18), letter, fill=0, font=font, anchor="ms")
            strip.paste(cell.resize((cell_w, cell_h)).convert("1"), (left + nth * cell_w, 2))
        return strip

    @property
    def picture(self):
        """The paper that came out."""
        strips = [self._set(*one) if isinstance(one, tuple) else one for one in self.strips]
        whole = Image.new("1", (self.width, sum(one.height for one in strips) or 1), 1)
        y = 0
        for one in strips:
            whole.paste(one, (0, y))
            y += one.height
        return whole


class Desk:
    """Opens the printer that stands on it: ``open_printer`` of a test.

    paper: "enough", "low", "out"; "silent" answers nothing, "offline" has its cover open, "away"
    cannot be opened, "breaks" stops taking bytes in the middle.
    """

    def __init__(self, paper="enough"):
        self.papers, self.jobs, self.opened = paper, [], 0

    def __call__(self, at):
        if self.papers == "away":
            from kiosk.hardware.printers import PrinterAway

            raise PrinterAway(at)
        self.opened += 1
        return self

    def paper(self):
        from kiosk.hardware.paper_status import paper

        if self.papers in ("silent", "breaks"):
            return paper(b"\x12", b"\x12") if self.papers == "breaks" else paper(b"", b"")
        if self.papers == "offline":
            return paper(b"\x1a", b"\x12")
        return paper(b"\x12", STATUS[self.papers])

    def do(self, job):
        if self.papers == "breaks":
            raise OSError("gone")
        self.jobs.append(job)

    def close(self):
        self.opened -= 1
