"""What the pages of works read."""
