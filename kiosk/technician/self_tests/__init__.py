"""The self-tests of the kinds that the house knows, one file a kind. Others come through the same entry points."""
