"""The three indicator boards: period, place, figures, charts, map and ranking."""
