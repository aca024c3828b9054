"""Lists behind figures: their columns, and how they are saved whole."""
