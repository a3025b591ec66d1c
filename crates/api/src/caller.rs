//! Who asks, and where from. Extractors make a handler's argument of it: a handler that demands a role
//! cannot run without it.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use app::{App, Caller, Error, Operator, Session, Worn, exchange};

use crate::{Problem, visit::Visit};

/// Somebody signed in who holds role `R`.
#[derive(Debug)]
pub struct As<R>(pub Caller<R>);

impl<R: Worn + 'static> FromRequest for As<R> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(session_of(req).and_then(|session| Ok(Self(session.caller::<R>()?))))
    }
}

/// Somebody signed in, in whatever role, with their account.
#[derive(Debug)]
pub struct Signed(pub Session);

impl FromRequest for Signed {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(session_of(req).map(Self))
    }
}

/// Somebody who runs the service.
#[derive(Debug)]
pub struct AsOperator(pub Operator);

impl FromRequest for AsOperator {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(session_of(req).and_then(|session| Ok(Self(session.as_operator()?))))
    }
}

/// A planner or a manager, at the door for files.
#[derive(Debug)]
pub struct Keeping(pub exchange::Keeper);

impl FromRequest for Keeping {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed = Signed::from_request(req, payload).into_inner();
        ready(signed.and_then(|Signed(session)| Ok(Self(exchange::Keeper::of(&session)?))))
    }
}

fn session_of(req: &HttpRequest) -> Result<Session, Problem> {
    let visit = req.extensions().get::<Visit>().cloned().unwrap_or_default();
    visit.session.ok_or(Problem::from(Error::SignedOut))
}

/// Where somebody asks from: the peer, or what our own proxy says of them.
pub(crate) fn asker(app: &App, req: &HttpRequest) -> String {
    let forwarded = || {
        let said = req.headers().get_all("x-forwarded-for").last()?.to_str().ok()?;
        // The last entry of the last line is our proxy's word; what stands before it is anybody's.
        said.rsplit(',').next().map(|address| address.trim().to_owned())
    };
    let peer = || req.peer_addr().map(|peer| peer.ip().to_string());
    app.settings.behind_proxy.then(forwarded).flatten().or_else(peer).unwrap_or_default()
}
