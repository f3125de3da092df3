"""One notice in full."""
