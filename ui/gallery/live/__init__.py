"""The gallery in a window: what to look at on the left, how above it, and the thing itself."""

from ui.gallery.live.gallery import Gallery, run

__all__ = ["Gallery", "run"]
