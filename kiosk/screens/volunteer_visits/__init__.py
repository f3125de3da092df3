"""Visits in volunteer mode: a forgotten sign-out, a visit that never was, one nobody entered."""
