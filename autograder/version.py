"""The version of the package and of the wheels made from it."""

__version__ = "0.2.0"
