"""The service door at the glass: which screen follows which, and what stands on each. They are painted in `kiosk/screens/technician/`."""
