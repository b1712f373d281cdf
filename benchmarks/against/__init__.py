"""The peers: each module gives rows for a `Load`, and is left out where its package is not installed."""
