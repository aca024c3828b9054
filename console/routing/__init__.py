"""What a report is about, guessed from its words; what it repeats and whom it concerns, the database says."""
