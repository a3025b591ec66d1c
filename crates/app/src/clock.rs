//! What time it is: the system's clock, or a row of the database for demo and tests.
