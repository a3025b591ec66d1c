//! Where things are, on whatever machine this is.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The checkout these tests were built from.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository")
}

/// Where `tests/run` puts what the tests need and Cargo does not know.
pub fn tools() -> PathBuf {
    repository().join("target/test-tools")
}

/// The program itself, as it lies beside the test that asks.
///
/// # Panics
/// When it was not built.
pub fn program() -> PathBuf {
    let test = env::current_exe().expect("a test knows where it is");
    let program = test.ancestors().nth(2).expect("Cargo keeps tests two folders down").join("veilleuse");
    assert!(program.exists(), "no {}: cargo build --bin veilleuse", program.display());
    program
}
