"""All notices, a page at a time."""
