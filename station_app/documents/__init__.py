"""The only room that speaks office formats."""
