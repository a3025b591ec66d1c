//! Journeys: the whole way of one thing, told as people live it, on both engines.

mod a_month;
mod accounts;
mod books_pages;
mod changes;
mod coverage;
mod deciding;
mod desk;
mod handovers;
mod jobs;
mod law_pages;
mod leaving;
mod odd_nights;
mod openings;
mod past;
mod planning;
mod privacy;
mod proposals;
mod seasons;
mod shares;
mod signing_in;
mod skills;
mod standby;
mod told;
mod undone;
mod wishes;
