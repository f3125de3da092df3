"""Where the files are that come with the program: letters, words, icons, keyboards, the sample.

In the tree they lie beside this package, in ``assets``; installed they lie inside it.
"""

from pathlib import Path

_HERE = Path(__file__).parent
ASSETS = next(
    (path for path in (_HERE / "assets", _HERE.parent / "assets") if path.is_dir()),
    _HERE / "assets",
)
