"""Pseudo-terminals that can be plugged in and pulled out, under names that stay the same."""

import os
import tty


class Sockets:
    """The sockets of a kiosk, and what hangs on them; ``look`` is what the supervisor sees."""

    def __init__(self, folder):
        self.folder, self.far = folder, {}

    def path(self, name):
        return str(self.folder / name)

    def plug(self, name):
        """Plug something in; its port is a new pseudo-terminal."""
        far, near = os.openpty()
        tty.setraw(near)
        link = self.folder / name
        link.symlink_to(os.ttyname(near))
        os.close(near)
        os.set_blocking(far, False)
        self.far[name] = far
        return self

    def pull(self, name, *, link=True):
        """Pull it out: its port ends, and its name vanishes (``link``: at once)."""
        os.close(self.far.pop(name))
        if link:
            (self.folder / name).unlink()

    def says(self, name, data):
        os.write(self.far[name], data)

    def hears(self, name):
        """All that was written to it."""
        try:
            return os.read(self.far[name], 65536)
        except BlockingIOError:
            return b""

    def look(self, wanted, *, everything=False):
        paths = {str(link) for link in self.folder.iterdir()} if everything else set(wanted)
        return {path: os.path.realpath(path) for path in paths if os.path.exists(path)}

    def close(self):
        for name in list(self.far):
            self.pull(name)
