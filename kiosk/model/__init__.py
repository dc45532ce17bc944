"""WORDS: the frozen data every room speaks. Standard library alone."""
