"""The engine that pushes and pulls: a core that decides (no socket), a shell that does it."""
