"""The server's pages for volunteers: plain HTML that works without scripts, better with them."""
