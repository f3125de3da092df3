"""A card that nobody had before."""
