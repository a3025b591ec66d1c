//! The floor under every figure of docs/BENCHMARKS.md: the HTTP server alone, with an answer of the
//! usual size and nothing behind it. `tests/bench/run` starts it at the port it is given.

use actix_web::{App, HttpResponse, HttpServer, web};

/// As long as the answer to "who is on duty now".
const ANSWER: &str = concat!(
    r#"{"items":[{"pool":"00000000-0000-0000-0000-000000000000","rung":"lead","name":"Somebody Else","#,
    r#""from":"2026-01-01T17:00:00Z","until":"2026-01-01T21:00:00Z"}],"good_until":"2026-01-01T21:00:00Z"}"#
);

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(8199);
    HttpServer::new(|| App::new().route("/", web::get().to(answer))).bind(("127.0.0.1", port))?.run().await
}

async fn answer() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(ANSWER)
}
