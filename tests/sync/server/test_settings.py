"""The server's keys: made once, by whichever process comes first."""

from sync.server import settings
from sync.server.settings import open_settings
from sync.server.whole_files import put_first

ANOTHER = b'[keys]\n1 = "%s"\n' % (b"ab" * 32)


def test_of_two_processes_that_start_at_once_both_have_the_key_of_the_first(tmp_path, monkeypatch):
    def a_moment_late(path, content):
        path.write_bytes(ANOTHER)
        put_first(path, content)

    monkeypatch.setattr(settings, "put_first", a_moment_late)
    assert open_settings(tmp_path / "server.toml").notary.keys == {1: b"\xab" * 32}


def test_only_the_server_s_account_reads_it_and_nothing_lies_beside_it(tmp_path):
    open_settings(tmp_path / "server.toml")
    (path,) = tmp_path.iterdir()
    assert (path.name, path.stat().st_mode & 0o777) == ("server.toml", 0o600)
