# coverage
