"""What ``autograder release`` writes: visible checks and recorded cases. Not edited by hand."""
