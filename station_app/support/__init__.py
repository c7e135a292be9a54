"""Plumbing without station words."""
