"""THE LINE: bounded HTTP exchanges and JSON taken by the letter, for the edges that speak to other machines."""

from kiosk.http.document import Shape, document
from kiosk.http.exchange import CHUNK, Answer, Garbage, Http, Lost, NotSent, dressed

__all__ = ["CHUNK", "Answer", "Garbage", "Http", "Lost", "NotSent", "Shape", "document", "dressed"]
