"""Twenty seconds of guided noise for the codecs; ten minutes each were run once, by hand."""

import os
import subprocess
import sys

import pytest

from tests.kiosk.hardware.streams import TONGUES

IN_ALL_S = int(os.environ.get("FUZZ_S", "20"))


@pytest.mark.slow
@pytest.mark.parametrize("name", TONGUES)
def test_guided_noise_breaks_no_promise_of_a_codec(name, tmp_path):
    pytest.importorskip("atheris")
    each_s = max(1, IN_ALL_S // len(TONGUES))
    words = [sys.executable, "-m", "tests.fuzz.codecs", name, f"-max_total_time={each_s}"]
    words += [f"-artifact_prefix={tmp_path}/", "-timeout=20", "-max_len=1024", "-len_control=0"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Done" in done.stderr
