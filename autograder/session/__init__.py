"""The data-only channel between a trusted test and a student's objects, and the proxy a test holds."""
