"""Joining this screen to a hub of the server."""
