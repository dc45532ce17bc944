"""The e政务 kiosk: a government counter in a 24-hour convenience store."""

__version__ = "0.1.0"
