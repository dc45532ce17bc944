"""THE SANDBOX: departments, payment gateway and the citizen's phone as a real HTTP server on this machine. All invented."""
