//! The API for programs, over HTTP, on both engines.

mod building;
mod changes;
mod channels;
mod conduct;
mod desk;
mod document;
mod door;
mod files;
mod handovers;
mod hung_up;
mod law;
mod ledger;
mod resources;
mod rotas;
mod shares;
mod statements;
mod tokens;
mod trade;
