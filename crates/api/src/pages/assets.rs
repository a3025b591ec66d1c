//! Style sheets and scripts under names that hold a hash, kept by browsers for ever.

use actix_web::{HttpResponse, http::header, web::Path};
use app::Error;

use crate::{Answer, Problem};

pub(crate) async fn asset(name: Path<String>) -> Result<Answer, Problem> {
    let asset = views::assets::find(&name).ok_or(Error::NotFound("asset"))?;
    Ok(HttpResponse::Ok()
        .content_type(asset.mime)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.bytes.as_slice()))
}
