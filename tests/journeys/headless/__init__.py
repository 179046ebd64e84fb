"""Whole sessions without a screen, over real wires."""
