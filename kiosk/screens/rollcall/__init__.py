"""Roll call: how many are in the house, how sure that is, and names when everybody must out."""
