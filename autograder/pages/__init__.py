"""Pages for people: HTML that is one file, needs no network, runs no script, and reads well in light and dark."""
