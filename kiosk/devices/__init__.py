"""The devices of a terminal: which there are, and what keeps each of them open."""
