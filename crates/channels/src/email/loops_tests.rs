//! Tests of `loops`.
