"""A notice as doors and walls will show it, drawn before it hangs; nothing is written here."""
