"""What every node agrees on: records, their merging, the clock, and how they travel."""
