"""The first day of a kiosk."""
