"""A new report, typed while the caller speaks: what it says is read, told and looked up at once."""
