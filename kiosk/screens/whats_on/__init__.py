"""What one can come to, and saying that one will."""
