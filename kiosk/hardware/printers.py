"""Printers by their address in the settings, each opened so that no call waits without end.

serial:/dev/serial/by-path/...      a receipt printer, 9600 baud; serial:19200:/dev/... another
usb:0416:5011                       a receipt printer on USB, by the numbers that lsusb shows
network:192.168.1.50                a receipt printer on the network, port 9100; or HOST:PORT
cups:office                         a normal printer, by its name in CUPS
"""

import os
import re
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any, Protocol

from kiosk.hardware.paper_status import ASK_PAPER, ASK_PRINTER, Paper, paper

ADDRESS = (
    r"^(serial:(\d+:)?/\S+|usb:[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}"
    r"|network:[^\s:/]+(:\d+)?|cups:[^\s/]+)?$"
)
"""What the address of a printer may be; none is well, too."""
WRITE_S, ANSWER_S = 20.0, 1.0
_QUIET_READS = 8


class Job(Protocol):
    """Something to print, in the two ways in which printers want it."""

    def on_receipt(self, printer: Any) -> None:  # an escpos.escpos.Escpos; it has no types
        """Print it by python-escpos, with feed and cut at the end."""

    def as_pdf(self) -> bytes:
        """Return it as a PDF file for a normal printer."""


class PrinterAway(OSError):
    """The printer cannot be reached."""


class Opened(Protocol):
    """A printer that is ours just now."""

    def paper(self) -> Paper:
        """Ask how it stands, at most two seconds long."""

    def do(self, job: Job) -> None:
        """Print. Raises OSError."""

    def close(self) -> None:
        """Give it back."""


Open = Callable[[str], Opened]


@dataclass
class Receipt:
    """A receipt printer, spoken to by python-escpos."""

    printer: Any  # an escpos.escpos.Escpos; it has no types

    def paper(self) -> Paper:
        """Ask for the two status bytes; what it had to say before is not listened to."""
        self._heard()
        return paper(self._ask(ASK_PRINTER), self._ask(ASK_PAPER))

    def do(self, job: Job) -> None:
        """Print. Raises OSError."""
        try:
            job.on_receipt(self.printer)
        except OSError:
            raise
        except Exception as why:  # usb.core.USBError, a time-out of pyserial: it stopped taking
            if _is_of_a_device(why):
                raise PrinterAway(type(why).__name__) from None
            raise

    def close(self) -> None:
        """Give it back; what the adapter has not taken is dropped."""
        port = self._port
        for end in (getattr(port, "reset_output_buffer", None), self.printer.close):
            with suppress(Exception):  # it is gone: there is nothing to give back
                if end:
                    end()
        # escpos flushes a port before it closes it, and of one that is gone does neither; and it
        # tries again when Python forgets it.
        if hasattr(port, "close"):
            with suppress(Exception):
                port.close()
        self.printer.device = None

    def _ask(self, question: bytes) -> bytes:
        try:
            self.printer._raw(question)  # noqa: SLF001  # the way that escpos itself asks
            return self._read()
        except Exception:  # noqa: BLE001  # each kind of port ends waiting in another error
            return b""

    @property
    def _port(self) -> Any:  # a port of pyserial, a socket, a usb.core.Device
        return getattr(self.printer, "device", None)

    def _heard(self) -> None:
        port = self._port
        if hasattr(port, "reset_input_buffer"):
            port.reset_input_buffer()

    def _read(self) -> bytes:
        port = self._port
        if hasattr(port, "in_waiting"):
            return bytes(port.read(1))  # 16, as escpos asks for, would wait for the time-out
        return bytes(self.printer._read())  # noqa: SLF001


def _is_of_a_device(why: Exception) -> bool:
    return type(why).__module__.split(".")[0] in {"usb", "serial", "escpos"}


@dataclass
class Cups:
    """A normal printer. CUPS has a queue of its own and looks after the paper."""

    name: str

    def paper(self) -> Paper:
        """Say that CUPS answers; what its printer lacks, CUPS waits for."""
        return "enough" if which("lp") else "away"

    def do(self, job: Job) -> None:
        """Hand it to CUPS. Raises OSError."""
        words = ["lp", "-s", "-d", self.name, "-t", "door", "-"]
        pdf = job.as_pdf()
        try:
            subprocess.run(words, input=pdf, timeout=WRITE_S, check=True, capture_output=True)  # noqa: S603
        except subprocess.SubprocessError as why:
            raise PrinterAway(type(why).__name__) from None

    def close(self) -> None:
        """Nothing was opened."""


def open_printer(at: str, folder: Path | None = None) -> Opened:
    """Open the printer of an address. Raises OSError. folder: the device's own, for what is kept.

    python-escpos is imported here: it takes a third of a second, and only who prints needs it.
    """
    sort, _, where = at.partition(":")
    if sort == "cups":
        return Cups(where)
    made = _made(sort, where, folder)
    try:
        if sort == "network":  # escpos 3.1 forgets the socket of a connection that fails
            made.device = socket.create_connection((made.host, made.port), made.timeout)
        else:
            made.open()
    except Exception as why:  # noqa: BLE001  # DeviceNotFoundError, USBError, NoBackendError ...
        raise PrinterAway(type(why).__name__) from None
    if sort == "serial":
        made.device.write_timeout = WRITE_S  # a printer without paper takes nothing any more
    return Receipt(made)


_importing = threading.Lock()


def _made(sort: str, where: str, folder: Path | None) -> Any:  # an escpos.escpos.Escpos
    if folder is not None:  # else it reads its table of printers anew at each start
        os.environ.setdefault("ESCPOS_CAPABILITIES_PICKLE_DIR", str(folder))
    with _importing:
        from escpos.printer import Network, Serial, Usb
    if sort == "serial":
        found = re.fullmatch(r"(?:(\d+):)?(/.*)", where)
        baud, path = (found[1], found[2]) if found else (None, where)
        # dsrdtr: with a cable of three wires it would wait for ever.
        return Serial(path, int(baud or 9600), timeout=ANSWER_S, dsrdtr=False)
    if sort == "usb":
        vendor, product = (int(part, 16) for part in where.split(":"))
        return Usb(vendor, product, timeout=round(WRITE_S * 1000))
    host, _, port = where.partition(":")
    return Network(host, int(port or 9100), timeout=ANSWER_S * 3)
