"""It is saved here: what was done, and ten seconds to take it back."""
