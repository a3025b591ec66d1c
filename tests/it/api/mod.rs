//! The API for programs, over HTTP, on both engines.

mod conduct;
mod document;
mod door;
mod resources;
mod rotas;
mod tokens;
mod trade;
