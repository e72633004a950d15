//! The interface itself, as it was built into the program.

use axum::body::Body;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// In a debug build the files are read from the folder, so that a new build of the interface is seen at once.
#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
struct Files;

/// SEC-01: no remote hosts, no `unsafe-eval`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; \
                      font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file of the interface; the page itself for every other address.
pub async fn file(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let (name, found) = match Files::get(path) {
        Some(found) => (path, Some(found)),
        None => ("index.html", Files::get("index.html")),
    };
    let Some(found) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Built files carry a digest in their name and never change; the page must always be fresh.
    let keep = if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    let headers = [
        (header::CONTENT_TYPE, found.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    (headers, Body::from(found.data.into_owned())).into_response()
}
