"""An offer or a need, put up by a name typed at the door."""
