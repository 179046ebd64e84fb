"""What a terminal proves of its own health: tests with limits, their history, the readiness report."""
