"""Reading a character that was written with a finger: strokes in, candidates out."""

from kiosk.handwriting.model import Model, ModelUnusable
from kiosk.handwriting.recognising import SHOWN, Recogniser
from kiosk.handwriting.strokes import Stroke

__all__ = ["SHOWN", "Model", "ModelUnusable", "Recogniser", "Stroke"]
