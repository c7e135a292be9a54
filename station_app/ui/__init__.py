"""The only room that speaks Qt."""
