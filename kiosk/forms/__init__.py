"""Questions, answers and the path through them."""
