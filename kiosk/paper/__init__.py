"""PAPER: what a citizen carries away"""
