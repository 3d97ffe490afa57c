"""From a submission to a grade. Trusted: here the tests, the references and the expected values come together."""
