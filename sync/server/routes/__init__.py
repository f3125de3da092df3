"""What the server answers to whom, path by path; each does one call of the service."""
