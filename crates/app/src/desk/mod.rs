//! The desk: what visitors write comes in here, is given to somebody, and is answered from here.
//!
//! In: [`receive()`] and [`fetch_mail()`] keep what a provider delivered, [`take_in()`] makes messages of it,
//! [`route()`] decides who answers. At the desk: [`inbox()`], [`reply()`], [`take()`], [`done()`] and their
//! neighbours, each in the scope in which the caller sees the conversation. Out: [`deliver()`].

pub mod accounts;
mod attachment;
mod deliver;
mod fetch_mail;
mod here;
mod hold;
mod inbox;
pub mod keep_accounts;
pub mod keep_notebook;
mod limits;
mod merged;
mod note;
mod notebook;
mod reach;
mod receive;
mod release;
mod reply;
mod resend;
mod route;
pub(crate) mod seat;
pub(crate) mod situation;
mod take_in;
pub mod threads;
mod topics;
mod visitor_page;
mod words;
mod writing;

pub use attachment::attachment;
pub use deliver::deliver;
pub(crate) use deliver::give_up;
pub use fetch_mail::{fetch_mail, wait_for_mail};
pub use here::here;
pub use hold::{done, reopen, take};
pub use inbox::{Asked, inbox, waiting_count};
pub use note::note;
pub use notebook::{NewNote, add_note, check_note, notebook};
pub use reach::reach;
pub use receive::{Written, receive};
pub(crate) use release::release_all;
pub use reply::{Reply, reply, reply_having_seen};
pub use resend::{leave, resend};
pub use route::{Cause, look_again, route, route_due};
pub use seat::Watcher;
pub use take_in::take_in;
pub use visitor_page::{Page, visitor_conversation, visitor_page, web_chat_office};
pub use writing::{visitor_writing, writing};

#[cfg(test)]
mod stories;
