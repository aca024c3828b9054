"""Lists behind figures: read page by page, searched, sorted, saved whole."""
