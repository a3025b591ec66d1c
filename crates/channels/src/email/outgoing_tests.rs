//! Tests of `outgoing`.
