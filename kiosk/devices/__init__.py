"""HARDWARE: one folder a kind of device; kinds do not know each other."""
