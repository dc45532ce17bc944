"""STORY: what happens, in which order, and what if not. No Qt, no make of device."""
