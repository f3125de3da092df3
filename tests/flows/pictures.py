"""What a flow leaves to be looked at: the screen as it is drawn, beside the design's picture of it."""

import os
from pathlib import Path

from PIL import Image, ImageGrab

PICTURES, LOOK = Path("build/look"), Path("docs/look")
GAP_PX = 8


def keep_picture(name: str) -> None:
    """Keep what the X display shows as ``build/look/<name>``, and a sheet where there is a design."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    ours = ImageGrab.grab(xdisplay=os.environ["DISPLAY"])
    ours.save(PICTURES / name, compress_level=1)
    if (LOOK / name).exists():
        side_by_side(Image.open(LOOK / name), ours).save(PICTURES / f"sheet-{name}")


def side_by_side(theirs: Image.Image, ours: Image.Image) -> Image.Image:
    """Two pictures on one sheet, the design's on the left."""
    wide = theirs.width + ours.width + 3 * GAP_PX
    tall = max(theirs.height, ours.height) + 2 * GAP_PX
    sheet = Image.new("RGB", (wide, tall), "#888")
    sheet.paste(theirs, (GAP_PX, GAP_PX))
    sheet.paste(ours, (theirs.width + 2 * GAP_PX, GAP_PX))
    return sheet
