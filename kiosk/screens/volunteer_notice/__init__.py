"""A notice in volunteer mode: from a ready phrase or typed, changed, taken down, put back."""
