"""Feeds: what anybody may read of a hub, for calendars, feed readers and its own web site."""
