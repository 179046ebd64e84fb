"""The embedded backend, driven from outside over HTTP."""
