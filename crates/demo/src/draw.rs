//! Drawing numbers whose quantiles are given.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use trialway_terminology::{Domain, Terminology};

/// The shares at which the tables of this crate give quantiles.
const SHARES: [f64; 9] = [0.0, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 1.0];

/// A source of numbers for one study: the same for the same seed and study, on every machine (ChaCha with 8 rounds).
pub struct Draw {
    rng: ChaCha8Rng,
    names: &'static Names,
}

/// Names of the terminology, by what they name.
pub struct Names {
    conditions: Vec<&'static str>,
    drugs: Vec<&'static str>,
    procedures: Vec<&'static str>,
}

fn names() -> &'static Names {
    static NAMES: std::sync::OnceLock<Names> = std::sync::OnceLock::new();
    NAMES.get_or_init(|| {
        let of = |domain: Domain| {
            Terminology::builtin()
                .concepts()
                .filter(|concept| concept.domain == domain && !concept.source.starts_with("ICD"))
                .map(|concept| concept.name.as_str())
                .collect()
        };
        Names { conditions: of(Domain::Condition), drugs: of(Domain::Drug), procedures: of(Domain::Procedure) }
    })
}

impl Draw {
    /// For study `index` of a registry with this seed.
    pub fn new(seed: u64, index: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(index);
        Self { rng, names: names() }
    }

    /// From 0 up to, not including, 1.
    pub fn share(&mut self) -> f64 {
        (self.rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 up to, not including, `n`; 0 for none.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.rng.next_u64() % n as u64) as usize }
    }

    /// Whether something of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// One of a list.
    pub fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.below(list.len())).copied().unwrap_or_default()
    }

    /// One of a list in which each has a weight.
    pub fn weighted<'a>(&mut self, list: &[(&'a str, u32)]) -> &'a str {
        let total: u32 = list.iter().map(|(_, weight)| weight).sum();
        let mut at = self.below(total as usize) as u32;
        for (value, weight) in list {
            if at < *weight {
                return value;
            }
            at -= weight;
        }
        ""
    }

    /// The name of a condition.
    pub fn condition(&mut self) -> &'static str {
        let names = self.names;
        self.one(&names.conditions)
    }

    /// The name of a medicine or class of medicines.
    pub fn drug(&mut self) -> &'static str {
        let names = self.names;
        self.one(&names.drugs)
    }

    /// The name of a procedure.
    pub fn procedure(&mut self) -> &'static str {
        let names = self.names;
        self.one(&names.procedures)
    }
}

/// The value at a share of a distribution given by its least, 5, 10, 25, 50, 75, 90, 95 % and greatest values.
pub fn quantile(values: &[f64; 9], share: f64) -> f64 {
    for (pair, at) in values.windows(2).zip(SHARES.windows(2)) {
        if let ([low, high], [from, to]) = (pair, at)
            && share <= *to
        {
            let part = (share - from) / (to - from);
            // Lengths and counts grow by factors, not by steps.
            return if *low >= 1.0 { low * (high / low).powf(part) } else { low + (high - low) * part };
        }
    }
    values.last().copied().unwrap_or_default()
}
