"""SERVICE DOOR: what a technician sees, tests and mends, at the glass or over a terminal. Knows kinds of devices, never a make; no Qt."""
