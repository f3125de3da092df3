"""Calendars of others: what a room is taken by outside the hub, read from an address."""
