//! The gateway, served (GWY-01 to GWY-05): Flotilla's own protocol, as a small program beside a telephone solution or a video
//! server offers it. What is transferred, upgraded or restored here changes the system behind it, which says so by its own
//! protocol, too.
//!
//! Each file speaks of one thing: `server` of requests, `plan` of what may be done, `work` of doing it, `uploads` and `files` of
//! what is stored. An upload is hashed while it comes in and not kept, so that an image may have any size.

mod files;
mod handle;
mod image;
mod keeper;
mod operation;
mod plan;
mod problem;
mod request;
mod server;
mod site;
mod uploads;
mod work;

pub use handle::Gateway;
pub(crate) use site::Site;
