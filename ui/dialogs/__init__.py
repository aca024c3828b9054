"""Dialogs: one form for every action, made from its options."""
