"""Backups on real files, on a clock that a test moves on."""
