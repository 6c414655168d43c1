"""What may be done to works."""
