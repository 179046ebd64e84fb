"""Applications: reviewed, taken, decided, followed."""
