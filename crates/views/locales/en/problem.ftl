# problem
