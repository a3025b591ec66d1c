//! Style sheets and scripts under names that hold a hash, kept by browsers for ever; and health.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};
use app::{App, Error};

use crate::{Answer, Problem};

pub(crate) async fn asset(name: Path<String>) -> Result<Answer, Problem> {
    let asset = views::assets::find(&name).ok_or(Error::NotFound("asset"))?;
    Ok(HttpResponse::Ok()
        .content_type(asset.mime)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.bytes.as_slice()))
}

/// Well, if the database answers.
pub(crate) async fn health(app: Data<App>) -> Result<Answer, Problem> {
    app::live::newest(&app).await?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("well\n"))
}
