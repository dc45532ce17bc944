"""The dev dock's window: hands for the world around the terminal. Paints what it is told and says what was pulled."""
