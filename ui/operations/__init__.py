"""Daily work in the window: who was there, what each did, flags and inspections."""
