//! Tests of the words: both languages complete, every key used exists, French is set as French is.
