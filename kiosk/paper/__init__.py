"""What is printed: sheets as values, drawn with the shipped fonts; no window, no port."""
