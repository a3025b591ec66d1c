//! `Idempotency-Key`: a POST that is sent again is done once, and answered with the same words
//! (draft-ietf-httpapi-idempotency-key-header).

use actix_web::{
    HttpResponse,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
    web,
};
use app::{
    App,
    account::api_tokens::Access,
    answers::{self, Answer, Key},
};

use super::{Problem, gate::refused, problem::Faulty};

/// The header.
pub(crate) const HEADER: &str = "idempotency-key";
/// The shortest key: shorter ones come twice by accident.
const SHORTEST: usize = 16;
/// The longest key.
const LONGEST: usize = 255;
/// Headers that belong to an answer and are said again.
const KEPT: [header::HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];

/// Answers a request that bears `key`: by doing it, or as it was answered before.
pub(crate) async fn once(
    app: &App,
    access: &Access,
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let key = match read_key(&req) {
        Ok(key) => key,
        Err(problem) => return Ok(refused(req, problem)),
    };
    let asked = match read_body(&mut req).await {
        Ok(body) => body,
        Err(problem) => return Ok(refused(req, problem)),
    };
    req.set_payload(Payload::from(asked.clone()));
    let taken = match answers::take(app, access, &key, &fingerprint(&req, &asked)).await {
        Ok(taken) => taken,
        Err(error) => return Ok(refused(req, error.into())),
    };
    match taken {
        Key::Taken(id) => {
            let (app, access) = (app.clone(), access.clone());
            // In a task of its own: whoever hangs up now will ask again under this key, and is told then.
            let doing = actix_web::rt::spawn(async move {
                let res = next.call(req).await?.map_into_boxed_body();
                done(&app, &access, id, res).await
            });
            match doing.await {
                Ok(answered) => answered,
                Err(broken) => std::panic::resume_unwind(broken.into_panic()),
            }
        }
        Key::Answered(answer) => Ok(req.into_response(again(&answer))),
        Key::InHand => Ok(refused(req, in_hand())),
        Key::AskedOtherwise => Ok(refused(req, otherwise())),
    }
}

/// Everything that makes two requests the same. No header holds a line's end, and the body comes last.
fn fingerprint(req: &ServiceRequest, body: &[u8]) -> Vec<u8> {
    let said = |name: header::HeaderName| req.headers().get(name).map_or(&b""[..], |said| said.as_bytes());
    let address = req.uri().to_string();
    let parts = [
        req.method().as_str().as_bytes(),
        address.as_bytes(),
        said(header::IF_MATCH),
        said(header::CONTENT_TYPE),
        body,
    ];
    parts.join(&b'\n')
}

/// Keeps what was answered; where the request was refused the key is free again. After a fault of ours
/// it stays taken: nobody knows whether the thing was done before it.
async fn done(
    app: &App,
    access: &Access,
    id: uuid::Uuid,
    res: ServiceResponse,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if res.status().is_server_error() {
        return Ok(res);
    }
    if !res.status().is_success() {
        if let Err(error) = answers::release(app, access, id).await {
            tracing::warn!(%error, "could not give an idempotency key back");
        }
        return Ok(res);
    }
    let (req, res) = res.into_parts();
    let (res, body) = res.into_parts();
    let bytes = to_bytes(body).await.unwrap_or_default();
    let headers = KEPT.iter().filter_map(|name| {
        let value = res.headers().get(name)?.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    });
    let answer = Answer {
        status: res.status().as_u16(),
        headers: headers.collect(),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    if let Err(error) = answers::keep(app, access, id, &answer).await {
        tracing::warn!(%error, "could not keep an answer");
    }
    Ok(ServiceResponse::new(req, res.set_body(bytes).map_into_boxed_body()))
}

fn again(answer: &Answer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut again = HttpResponse::build(status);
    for (name, value) in &answer.headers {
        again.insert_header((name.as_str(), value.as_str()));
    }
    again.insert_header((header::CACHE_CONTROL, "private, no-store"));
    again.insert_header(("idempotency-replayed", "true"));
    again.body(answer.body.clone())
}

async fn read_body(req: &mut ServiceRequest) -> Result<web::Bytes, Problem> {
    let most = super::files::most(req.path());
    let refused = |error: actix_web::Error| Problem::by_status(error.as_response_error().status_code());
    let body = req.extract::<web::Payload>().await.map_err(refused)?;
    let body = body.to_bytes_limited(most).await;
    body.map_err(|_| super::files::too_large(most))?.map_err(refused)
}

fn read_key(req: &ServiceRequest) -> Result<String, Problem> {
    let said =
        req.headers().get(HEADER).and_then(|said| said.to_str().ok()).map(str::trim).unwrap_or_default();
    let plain = said.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if !plain || !(SHORTEST..=LONGEST).contains(&said.len()) {
        let detail = format!(
            "must be {SHORTEST} to {LONGEST} letters, digits, dots, hyphens or underscores: a UUID is"
        );
        return Err(Problem::parameters(vec![Faulty::parameter("Idempotency-Key", detail)]));
    }
    Ok(said.to_owned())
}

fn in_hand() -> Problem {
    let detail = "The first request with this Idempotency-Key is still being answered, or broke off and may have been done. Send it again in a moment; if it stays so, look whether it was done.";
    Problem::new(StatusCode::CONFLICT, detail).again_in(1)
}

fn otherwise() -> Problem {
    let detail =
        "This Idempotency-Key was used for another request. Choose a new one for each thing to be done.";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
}
