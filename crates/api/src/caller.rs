//! Extractors: who asks, as a handler's argument. A handler that demands a role cannot run without it.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use app::{Caller, Error, Operator, Session, Worn};

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

fn session_of(req: &HttpRequest) -> Result<Session, Problem> {
    let visit = req.extensions().get::<Visit>().cloned().unwrap_or_default();
    visit.session.ok_or(Problem::from(Error::SignedOut))
}
