"""The commands: one module each, which adds itself to the parser and runs."""
