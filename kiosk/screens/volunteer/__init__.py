"""Volunteer mode: five minutes at the door for who shows a card, or a name, and a PIN."""
