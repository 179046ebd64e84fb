"""Coverage-guided fuzzing of every parser of outside bytes, for ``packaging/bench fuzz``."""
