//! A client that has one connection: what is proved on it, such as who signs in by NTLM, holds on no other.
//!
//! A connection is kept, but the library opens a second one where the first is not quite ready again. Here the second one is never
//! opened, so that the request waits for the first; where that one is gone, the request ends when the time for connecting is over.
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tower::{Layer, Service};

/// Lets whoever dials through it dial once.
#[derive(Clone, Default)]
pub(crate) struct OneConnection {
    dialled: Arc<AtomicBool>,
}

impl<Dialling> Layer<Dialling> for OneConnection {
    type Service = DiallingOnce<Dialling>;

    fn layer(&self, dialling: Dialling) -> Self::Service {
        DiallingOnce {
            dialling,
            dialled: self.dialled.clone(),
        }
    }
}

/// See [`OneConnection`].
#[derive(Clone)]
pub(crate) struct DiallingOnce<Dialling> {
    dialling: Dialling,
    dialled: Arc<AtomicBool>,
}

impl<Dialling, Destination> Service<Destination> for DiallingOnce<Dialling>
where
    Dialling: Service<Destination>,
    Dialling::Future: Send + 'static,
    Dialling::Response: 'static,
    Dialling::Error: 'static,
{
    type Response = Dialling::Response;
    type Error = Dialling::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.dialling.poll_ready(context)
    }

    fn call(&mut self, destination: Destination) -> Self::Future {
        if self.dialled.swap(true, Ordering::SeqCst) {
            Box::pin(pending())
        } else {
            Box::pin(self.dialling.call(destination))
        }
    }
}
