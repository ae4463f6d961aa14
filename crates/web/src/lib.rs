//! The portal: search, trial pages, private screening. Rendered on the server; works without JavaScript.
//!
//! ```text
//! request -> middleware (same origin, limits, headers, log) -> routes -> pages/<page> (view data, already decided)
//!                                                                     -> templates/<page>.html
//! ```
//!
//! Pages decide nothing about medicine: what a template shows was decided by `matching` and `language`.
//! A patient's record lives for one request and is neither stored nor logged.
//!
//! Reading order: [`config`], [`state`], `routes`, `pages`, `middleware`, `error`.

pub mod config;
pub mod coverage;
mod error;
mod middleware;
mod pages;
mod routes;
pub mod state;
mod tongue;
mod words;

pub use config::Limits;
pub use routes::router;
pub use state::{App, Mode};

use std::future::Future;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Serves until `stop` completes, then lets running requests end.
///
/// **Errors**: those of the listener.
pub async fn serve(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(app).into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stop)
        .await
}
