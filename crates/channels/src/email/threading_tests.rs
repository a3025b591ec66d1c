//! Tests of `threading`.
