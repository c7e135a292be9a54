"""What a station knows: words, rules, clocks and figures. No Qt, no files."""
