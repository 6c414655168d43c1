"""What an assignment is, how late costs, what a rubric gives, and what may be done next."""
