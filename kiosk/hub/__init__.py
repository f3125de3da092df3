"""What the hub can do, as use cases: they decide and say what to write. No Kivy, no I/O."""
