"""One module a device: its ``CHECKS`` maps ids of tests to functions that measure; ``limits`` says what is enough."""
