//! What every request to the API passes: which route, who asks, how far their token reaches, how often;
//! and every answer that is no success leaves as `application/problem+json`.

use actix_web::{
    HttpMessage, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use app::{
    App,
    account::api_tokens,
    limits::{MINUTE, Standing, line},
};

use super::{Problem, keys, limits, problem::Faulty, routes::ROUTES};
use crate::{caller::asker, routes::Route, trail::Name, visit::Visit};

/// The middleware.
pub(crate) async fn gate(
    app: Data<App>,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut standing = None;
    let admitted = admit(&app, &req, &mut standing).await;
    let res = match admitted {
        Ok(Some(access)) if req.method() == Method::POST && req.headers().contains_key(keys::HEADER) => {
            keys::once(&app, &access, req, next).await?
        }
        Ok(_) => next.call(req).await?.map_into_boxed_body(),
        Err(problem) => refused(req, problem),
    };
    let mut res = told(res);
    if let Some(standing) = standing {
        limits::tell(standing, res.headers_mut());
    }
    Ok(res)
}

/// The answer that is a problem; [`told`] adds the request's name.
pub(super) fn refused(req: ServiceRequest, problem: Problem) -> ServiceResponse<BoxBody> {
    let (req, _) = req.into_parts();
    ServiceResponse::new(req, HttpResponse::from_error(problem))
}

/// Who asks, if the route asks for somebody.
async fn admit(
    app: &App,
    req: &ServiceRequest,
    standing: &mut Option<Standing>,
) -> Result<Option<api_tokens::Access>, Problem> {
    let from = line(&asker(app, req.request()));
    if !from.is_empty() {
        counted(app, format!("asks from {from}"), limits::FROM_LINE, standing)?;
    }
    let route = route_of(req)?;
    let Some(scope) = route.who.scope() else { return Ok(None) };
    let access = match api_tokens::of(app, bearer(req).unwrap_or_default()).await {
        Ok(access) => access,
        Err(app::Error::SignedOut) => {
            if !from.is_empty() {
                counted(app, format!("refused from {from}"), limits::REFUSED, standing)?;
            }
            return Err(Problem::unknown_bearer());
        }
        Err(other) => return Err(other.into()),
    };
    counted(app, access.credential.clone(), limits::WITH_TOKEN, standing)?;
    if !access.reaches(scope) {
        return Err(Problem::lacks(scope));
    }
    no_stray_query(req)?;
    let session = Some(access.session.clone());
    req.extensions_mut().insert(Visit { session, ..Visit::default() });
    req.extensions_mut().insert(access.clone());
    Ok(Some(access))
}

fn counted(app: &App, key: String, most: u32, standing: &mut Option<Standing>) -> Result<(), Problem> {
    let now = app.counts.count(key, most, MINUTE);
    *standing = Some(now);
    if now.refused { Err(limits::too_many(now)) } else { Ok(()) }
}

/// The line of the table that answers.
fn route_of(req: &ServiceRequest) -> Result<&'static Route, Problem> {
    let path = req.match_pattern().ok_or_else(|| Problem::by_status(StatusCode::NOT_FOUND))?;
    let mut lines = ROUTES.iter().filter(|line| line.path == path).peekable();
    if lines.peek().is_none() {
        return Err(Problem::by_status(StatusCode::NOT_FOUND));
    }
    lines.find(|line| line.method == req.method().as_str()).ok_or_else(|| {
        let detail = format!("{} cannot be done here; {} can.", req.method(), allowed(path.as_str()));
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
    })
}

fn allowed(path: &str) -> String {
    let lines = ROUTES.iter().filter(|line| line.path == path);
    let mut methods: Vec<&str> = lines.map(|line| line.method).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.join(", ")
}

/// What is asked with a query besides lists.
const ASKED: [&str; 2] = ["/api/v1/exports/{kind}", "/api/v1/imports/{kind}"];

/// What looks like a list by its address, and is none.
const NO_LISTS: [&str; 5] = [
    "/api/v1/statements/register/seals",
    "/api/v1/me",
    "/api/v1/pools/{pool}/ledger-terms",
    "/api/v1/pools/{pool}/key-figures",
    "/api/v1/open-duties/{assignment}/eligible",
];

/// Only lists are asked with a query, and what stands in [`ASKED`].
fn no_stray_query(req: &ServiceRequest) -> Result<(), Problem> {
    let pattern = req.match_pattern().unwrap_or_default();
    let is_list =
        req.method() == Method::GET && !pattern.ends_with('}') && !NO_LISTS.contains(&pattern.as_str());
    if req.query_string().is_empty() || is_list || ASKED.contains(&pattern.as_str()) {
        return Ok(());
    }
    let pairs = req.query_string().split('&').filter(|pair| !pair.is_empty());
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let faults = pairs.map(|pair| Faulty::parameter(name(pair), "there is no such parameter here")).collect();
    Err(Problem::parameters(faults))
}

fn bearer(req: &ServiceRequest) -> Option<&str> {
    let said = req.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = said.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// An answer that is no success, as a problem in the words of this API.
fn told(res: ServiceResponse) -> ServiceResponse {
    let status = res.status();
    if status.is_success() || status.is_redirection() {
        return res;
    }
    let error = res.response().error();
    let problem = if let Some(own) = error.and_then(|error| error.as_error::<Problem>()) {
        own.clone()
    } else if let Some(crate::Problem::App(error)) =
        error.and_then(|error| error.as_error::<crate::Problem>())
    {
        Problem::of(error)
    } else {
        Problem::by_status(status)
    };
    let name = Name::of(res.request()).to_string();
    if problem.status.is_server_error() {
        let why = error.map(ToString::to_string).unwrap_or_default();
        tracing::error!(
            request = name,
            status = problem.status.as_u16(),
            why,
            "a request of a program failed"
        );
    }
    let allow = (problem.status == StatusCode::METHOD_NOT_ALLOWED)
        .then(|| allowed(&res.request().match_pattern().unwrap_or_default()));
    let mut answer = problem.told(Some(name));
    if let Some(allow) = allow.and_then(|allow| HeaderValue::from_str(&allow).ok()) {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    let (req, _) = res.into_parts();
    ServiceResponse::new(req, answer)
}
