"""The hub's own pages: what it is called, when it is open, its days, rooms, agreement, welcomers."""
