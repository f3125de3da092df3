"""What the server keeps, in SQLite for one village or in PostgreSQL for a country."""
