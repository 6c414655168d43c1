"""Files of works: what they are by their content, and all of them in one archive."""
