"""People and cards in volunteer mode: finding or making somebody, their visit, room and card."""
