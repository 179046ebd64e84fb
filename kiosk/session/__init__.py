"""One citizen from first touch to wipe: a pure machine, and the runner that performs its effects."""
