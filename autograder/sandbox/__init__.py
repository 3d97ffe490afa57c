"""Confinement: what a process of the untrusted side gives up, layer by layer."""
