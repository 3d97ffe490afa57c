"""How ``autograder release`` makes what students get: recorded cases, notebooks and a wheel."""
