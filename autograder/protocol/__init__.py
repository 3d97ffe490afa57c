"""What may cross between a worker and the graders: plain data, and nothing else."""
