# my_shifts
