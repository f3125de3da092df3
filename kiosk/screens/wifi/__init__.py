"""Joining a Wi-Fi: on the first day, and by a volunteer when its password has changed."""
