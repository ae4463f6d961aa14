//! Asking the registry: one address, no other; patience with what passes, a clear word about what does not.

use super::page::{NoPage, Page};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// No answer above this is read.
const MOST_BYTES: u64 = 1 << 30;

/// How the registry is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    /// The API's address, without a slash at its end.
    pub address: String,
    /// Studies on a page.
    pub page_size: u32,
    /// Before every request.
    pub pause: Duration,
    /// Longest time that one request may take, its answer included.
    pub timeout: Duration,
    /// How often the same is asked for before giving up.
    pub tries: u32,
    /// The first wait after a failure; each further one is twice as long.
    pub first_wait: Duration,
    /// No wait is longer, whatever the server asks for.
    pub longest_wait: Duration,
    /// A proxy, where one is to be used.
    pub proxy: Option<String>,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            address: "https://clinicaltrials.gov/api/v2".to_owned(),
            page_size: 1_000,
            pause: Duration::from_millis(200),
            timeout: Duration::from_secs(300),
            tries: 8,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(600),
            proxy: None,
        }
    }
}

/// What the registry answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// What was asked for.
    Here(T),
    /// The question is not understood (status 400): for a page, its token has expired. With the server's words.
    NotUnderstood(String),
    /// There is no such thing (status 404).
    NotThere,
}

/// Asks the registry. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    agent: ureq::Agent,
    manner: Manner,
}

/// One attempt that failed.
struct Failure {
    reason: String,
    /// Whether asking again may help, and after how long the server wants to be asked.
    again: Option<Option<Duration>>,
}

impl Failure {
    fn passing(reason: String) -> Self {
        Self { reason, again: Some(None) }
    }

    fn lasting(reason: String) -> Self {
        Self { reason, again: None }
    }
}

impl Client {
    /// A client for one address.
    ///
    /// **Errors**: an address or a proxy that is none.
    pub fn new(mut manner: Manner) -> anyhow::Result<Self> {
        while manner.address.ends_with('/') {
            manner.address.pop();
        }
        let has_host = ["https://", "http://"]
            .iter()
            .any(|scheme| manner.address.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
        if !has_host || manner.address.contains(['?', '#', ' ']) {
            let what = "is no address of an API; give one such as https://clinicaltrials.gov/api/v2";
            return Err(crate::input::bad(&manner.address, what));
        }
        let proxy = match &manner.proxy {
            None => None,
            Some(proxy) => Some(
                ureq::Proxy::new(proxy)
                    .map_err(|error| crate::input::bad(proxy, format!("is no address of a proxy ({error})")))?,
            ),
        };
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // Whoever answers may not send us elsewhere, and neither may the environment.
            .max_redirects(0)
            .proxy(proxy)
            .timeout_connect(Some(Duration::from_secs(20).min(manner.timeout)))
            .timeout_global(Some(manner.timeout))
            .user_agent(concat!("trialway/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self { agent: config.into(), manner })
    }

    /// How the registry is asked.
    pub fn manner(&self) -> &Manner {
        &self.manner
    }

    /// A page of studies.
    pub fn page(&self, query: &[(&str, &str)]) -> anyhow::Result<Answer<Page>> {
        self.ask("/studies", query, |bytes| match Page::split(bytes) {
            Ok(page) => Ok(page),
            Err(NoPage::CutOff) => Err(Failure::passing("the page is cut off".to_owned())),
            Err(NoPage::Other(what)) => Err(Failure::lasting(format!(
                "the answer is no page of studies ({what}); the API may have changed, or the address is another service's"
            ))),
        })
    }

    /// One study's record.
    pub fn study(&self, nct_id: &str) -> anyhow::Result<Answer<Vec<u8>>> {
        self.ask(&format!("/studies/{nct_id}"), &[("format", "json")], Ok)
    }

    fn ask<T>(
        &self,
        path: &str,
        query: &[(&str, &str)],
        read: impl Fn(Vec<u8>) -> Result<T, Failure>,
    ) -> anyhow::Result<Answer<T>> {
        let address = format!("{}{path}", self.manner.address);
        let mut n_tried = 0;
        loop {
            std::thread::sleep(self.manner.pause);
            let failure = match self.once(&address, query) {
                Ok(Answer::Here(bytes)) => match read(bytes) {
                    Ok(value) => return Ok(Answer::Here(value)),
                    Err(failure) => failure,
                },
                Ok(Answer::NotUnderstood(said)) => return Ok(Answer::NotUnderstood(said)),
                Ok(Answer::NotThere) => return Ok(Answer::NotThere),
                Err(failure) => failure,
            };
            n_tried += 1;
            let Some(asked) = failure.again else { anyhow::bail!("{address}: {}", failure.reason) };
            if n_tried >= self.manner.tries {
                anyhow::bail!(
                    "{address}: {} (tried {n_tried} times); what was kept so far is whole, run the same again later",
                    failure.reason
                );
            }
            if asked.is_some_and(|asked| asked > self.manner.longest_wait) {
                anyhow::bail!(
                    "{address}: {} and asks to wait {} seconds; run the same again then",
                    failure.reason,
                    asked.unwrap_or_default().as_secs()
                );
            }
            std::thread::sleep(self.wait(n_tried, asked));
        }
    }

    fn once(&self, address: &str, query: &[(&str, &str)]) -> Result<Answer<Vec<u8>>, Failure> {
        let request = self.agent.get(address).query_pairs(query.iter().copied()).header("accept", "application/json");
        let mut response = request.call().map_err(|error| of_transport(&error))?;
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        match status {
            200 => {
                let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
                body.map(Answer::Here).map_err(|error| of_transport(&error))
            }
            400 => {
                let said = response.body_mut().with_config().limit(1_000).lossy_utf8(true).read_to_string();
                let said = said.unwrap_or_default();
                Ok(Answer::NotUnderstood(said.split_whitespace().collect::<Vec<_>>().join(" ")))
            }
            404 => Ok(Answer::NotThere),
            300..400 => Err(Failure::lasting(format!(
                "the server sends to another address ({}), which is not followed; if that is right, set it as the address",
                header("location").unwrap_or_default().chars().take(200).collect::<String>()
            ))),
            408 | 425 | 429 | 500.. => Err(Failure {
                reason: format!("the server answers with status {status}"),
                again: Some(header("retry-after").and_then(|text| retry_after(&text, jiff::Timestamp::now()))),
            }),
            _ => Err(Failure::lasting(format!("the server answers with status {status}; check the address"))),
        }
    }

    /// How long to wait: what the server asks for, or twice as long each time; and up to half as long again, so that many who
    /// were refused together do not come back together.
    fn wait(&self, n_tried: u32, asked: Option<Duration>) -> Duration {
        let usual = self.manner.first_wait.saturating_mul(1 << n_tried.saturating_sub(1).min(16));
        let base = asked.unwrap_or(usual).min(self.manner.longest_wait);
        let share = RandomState::new().build_hasher().finish() % 512;
        base + base.saturating_mul(u32::try_from(share).unwrap_or(0)) / 1024
    }
}

fn of_transport(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) | ureq::Error::InvalidProxyUrl => {
            Failure::lasting(format!("cannot be asked ({error}); check the address"))
        }
        ureq::Error::BodyExceedsLimit(_) => {
            Failure::lasting("the answer is larger than 1 GiB; ask for smaller pages".to_owned())
        }
        ureq::Error::Timeout(_) => Failure::passing("the server is too slow".to_owned()),
        ureq::Error::HostNotFound => Failure::passing("the host is not found".to_owned()),
        other => Failure::passing(format!("the connection failed ({other})")),
    }
}

/// What a `Retry-After` asks for: seconds, or a moment.
fn retry_after(text: &str, now: jiff::Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::from_secs(u64::try_from(at.as_second() - now.as_second()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_may_ask_for_seconds_or_name_a_moment() {
        let now: jiff::Timestamp = "2026-06-15T08:00:00Z".parse().unwrap();
        let check =
            |text: &str, want: Option<u64>| assert_eq!(retry_after(text, now).map(|d| d.as_secs()), want, "{text}");
        check("120", Some(120));
        check(" 0 ", Some(0));
        check("Mon, 15 Jun 2026 08:01:30 GMT", Some(90));
        check("Mon, 15 Jun 2026 07:00:00 GMT", Some(0));
        check("soon", None);
        check("-5", None);
    }

    #[test]
    fn waits_grow_and_end() {
        let client = Client::new(Manner { longest_wait: Duration::from_secs(60), ..Manner::default() }).unwrap();
        for (n_tried, least) in [(1, 1), (2, 2), (5, 16), (12, 60), (40, 60)] {
            let wait = client.wait(n_tried, None).as_secs_f64();
            assert!((f64::from(least)..=f64::from(least) * 1.5).contains(&wait), "{n_tried}: {wait}");
        }
        let asked = client.wait(1, Some(Duration::from_secs(30))).as_secs_f64();
        assert!((30.0..=45.0).contains(&asked));
    }

    #[test]
    fn an_address_is_checked_before_anything_is_asked() {
        for bad in ["", "clinicaltrials.gov", "ftp://host/", "https://", "https://host/api?x=1"] {
            assert!(Client::new(Manner { address: bad.to_owned(), ..Manner::default() }).is_err(), "{bad}");
        }
        let client = Client::new(Manner { address: "http://host/api//".to_owned(), ..Manner::default() }).unwrap();
        assert_eq!(client.manner().address, "http://host/api");
    }
}
