"""Booking a room on the pages: what a form asks for, what is decided, what is free instead."""
