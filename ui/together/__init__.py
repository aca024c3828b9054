"""What seats do together: messages, handover, load."""
