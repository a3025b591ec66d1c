//! Keys that come from the settings: sealing, hashing, signing.
