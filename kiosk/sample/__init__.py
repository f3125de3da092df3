"""A whole hub to look at: reads a sample file into a store, its days counted from today."""

from kiosk.sample.loader import LA_RONDA, BadSample, Loaded, load, read_file, records_of

__all__ = ["LA_RONDA", "BadSample", "Loaded", "load", "read_file", "records_of"]
