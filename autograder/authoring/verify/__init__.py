"""The tests of the tests: right answers pass, and every mistake is found and named."""
