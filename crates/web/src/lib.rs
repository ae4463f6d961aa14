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
pub mod drafts;
mod error;
pub mod fonts;
mod line;
mod middleware;
mod pages;
mod patience;
mod routes;
mod secret;
pub mod state;
mod tongue;
mod words;

pub use config::Limits;
pub use error::Problem;
pub use pages::contact::mail::of_answer;
pub use pages::contact::site_key;
pub use pages::follow::digest::send_due;
pub use routes::router;
pub use state::{App, Mode};

use axum::extract::ConnectInfo;
use std::future::Future;
use tokio::net::TcpListener;

/// Serves until `stop` completes, then lets running requests end.
///
/// **Errors**: those of the listener.
pub async fn serve(
    listener: TcpListener,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let listener = patience::Patient::new(listener, app.limits.request * 2);
    let told = axum::middleware::map_request(|mut request: axum::extract::Request| async {
        if let Some(ConnectInfo(patience::Peer(peer))) = request.extensions().get().copied() {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        request
    });
    axum::serve(listener, router(app).layer(told).into_make_service_with_connect_info::<patience::Peer>())
        .with_graceful_shutdown(stop)
        .await
}
