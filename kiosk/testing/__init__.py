"""Shipped to third parties: the scripted stage, and the contract tests every driver and adapter must keep. Never imported at run time."""
