"""What authors of a course run: release makes what students get, verify tests the tests."""
