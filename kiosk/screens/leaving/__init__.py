"""I'm leaving: by guest tag, by name, some of a group, or who was just counted."""
