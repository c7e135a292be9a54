"""What the clerk does: one class per desk, one method per action."""
