"""What the server keeps, in SQLite for one village or in PostgreSQL for a country."""

from sync.server.database import calendars  # noqa: F401  # its table is one of all tables
