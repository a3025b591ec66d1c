//! A viewer for the API's description: Swagger UI out of the program itself; nothing comes from elsewhere.

use std::sync::{Arc, LazyLock};

use actix_web::{HttpResponse, http::header, web::Path};
use utoipa_swagger_ui::Config;

use super::Problem;
use crate::{Answer, reply};

static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    Arc::new(Config::from("/api/v1/openapi.json").try_it_out_enabled(true).use_base_layout())
});

/// The way to the viewer's page.
pub async fn open() -> Answer {
    reply::see_other("/api/v1/docs/index.html")
}

/// A file of the viewer.
pub async fn file(name: Path<String>) -> Result<Answer, Problem> {
    let found = utoipa_swagger_ui::serve(&name, Arc::clone(&CONFIG)).map_err(|_| Problem::failed())?;
    let file = found.ok_or(app::Error::NotFound("file"))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .content_type(file.content_type)
        .body(file.bytes.to_vec()))
}
