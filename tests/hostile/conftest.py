"""The doors of the flows, for names and files that nobody wishes upon them."""

from tests.flows.conftest import door, form, open_door, sample_folder, seldom_tidied

__all__ = ["door", "form", "open_door", "sample_folder", "seldom_tidied"]
