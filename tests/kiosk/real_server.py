"""The real server in this process, with two hubs, answering through real HTTP."""

import socket
import threading

import uvicorn

from sync.server import devices, pairing
from sync.server.app import make_app
from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from sync.server.hubs import add_hub
from sync.server.service import Service, wall_clock_ms
from sync.server.settings import open_settings

LONGEST_S = 20
HUB = "0199b100-0000-7000-8000-000000000001"
OTHER_HUB = "0199b100-0000-7000-8000-000000000002"


class RealServer:
    def __init__(self, folder):
        self.database = Database(f"sqlite:///{folder / 'server.db'}")
        migrate(self.database)
        with self.database.writing() as connection:
            for hub in (HUB, OTHER_HUB):
                add_hub(connection, hub, "La Ronda", wall_clock_ms())
        settings = open_settings(folder / "server.toml")
        self.service = Service(self.database, settings, wait_s=LONGEST_S)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        app = make_app(self.service)
        self.uvicorn = uvicorn.Server(
            uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1)
        )
        self.thread = threading.Thread(target=self.uvicorn.run, args=([self.socket],))
        self.thread.start()

    def token(self, hub=HUB, role="door"):
        """A device's token, as pairing would have brought it."""
        with self.database.writing() as connection:
            codes = pairing.ask_for_code(
                connection, name="Door", node="0000aaaa", now_ms=wall_clock_ms()
            )
        self.approves(codes.user_code, hub, role)
        with self.database.writing() as connection:
            notary = self.service.notary
            said = pairing.ask_for_token(connection, notary, codes.device_code, wall_clock_ms())
        return said.token

    def approves(self, code, hub=HUB, role="door"):
        with self.database.writing() as connection:
            pairing.approve(
                connection, code, hub=hub, role=role, name="Door", now_ms=wall_clock_ms()
            )

    def denies(self, code):
        with self.database.writing() as connection:
            pairing.deny(connection, code, wall_clock_ms())

    def when_asked(self, answer):
        """Give this answer to the next code that is asked for, once the device has it."""
        asked = self.service.code

        def asking(*about, **more):
            codes = asked(*about, **more)
            answer(codes.user_code)
            return codes

        self.service.code = asking

    def revokes_all(self):
        with self.database.writing() as connection:
            for line in devices.listed(connection, HUB):
                devices.revoke(connection, HUB, line.device, wall_clock_ms())

    def close(self):
        self.uvicorn.should_exit = True
        self.thread.join()
        self.socket.close()
        self.database.close()
