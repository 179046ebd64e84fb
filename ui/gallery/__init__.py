"""Pictures of every control in every language: ``python -m ui.gallery --out DIR``."""
