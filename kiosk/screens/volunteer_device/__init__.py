"""The page of this device for a volunteer: how it fares, what was refused, restarting it."""
