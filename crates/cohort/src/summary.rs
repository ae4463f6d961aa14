//! What many rows come to.

use crate::loosen::{self, Loosened, Step};
use crate::protocol::Protocol;
use crate::row::Row;
use trialway_matching::{Effect, Verdict};

/// Looser limits shown of one limit.
const STEPS: usize = 8;

/// One criterion in the funnel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// How many are left after it: those whom neither it nor any before it excludes.
    pub n_remaining: usize,
    /// How many of those who were left before it, it excludes.
    pub n_failed: usize,
    /// For how many of those who are left after it, it is not known.
    pub n_open: usize,
    /// How many it excludes of all.
    pub n_failed_of_all: usize,
    /// For how many of all it is not known.
    pub n_open_of_all: usize,
    /// How many it excludes by taking something not mentioned for what it is not.
    pub n_failed_by_assumption: usize,
}

/// What one criterion costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Its place among the protocol's items.
    pub item: usize,
    /// How many it alone excludes.
    pub n_alone: usize,
    /// How many of these would then be potentially eligible; information would be missing of the others.
    pub n_potentially_eligible: usize,
    /// Its limits (by their place among the protocol's) with looser ones.
    pub limits: Vec<(usize, Vec<Step>)>,
}

/// What a cohort comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many patients.
    pub n_patients: usize,
    /// How many are potentially eligible.
    pub n_potentially_eligible: usize,
    /// Of how many information is missing.
    pub n_needs_information: usize,
    /// How many are ineligible.
    pub n_ineligible: usize,
    /// One stage for each item of the protocol.
    pub funnel: Vec<Stage>,
    /// What costs patients, the dearest first.
    pub costs: Vec<Cost>,
}

impl Summary {
    /// Sums up rows of this protocol.
    pub fn of(protocol: &Protocol<'_>, rows: &[Row]) -> Self {
        let n = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
        Self {
            n_patients: rows.len(),
            n_potentially_eligible: n(Verdict::PotentiallyEligible),
            n_needs_information: n(Verdict::NeedsInformation),
            n_ineligible: n(Verdict::Ineligible),
            funnel: funnel(protocol, rows),
            costs: costs(protocol, rows),
        }
    }
}

fn funnel(protocol: &Protocol<'_>, rows: &[Row]) -> Vec<Stage> {
    let mut out = vec![Stage::default(); protocol.items().len()];
    for row in rows {
        let mut remains = true;
        for (stage, mark) in out.iter_mut().zip(&row.marks) {
            match mark.effect {
                Effect::Fail => {
                    stage.n_failed += usize::from(remains);
                    stage.n_failed_of_all += 1;
                    stage.n_failed_by_assumption += usize::from(mark.assumed);
                    remains = false;
                }
                Effect::Open => {
                    stage.n_open += usize::from(remains);
                    stage.n_open_of_all += 1;
                }
                Effect::Pass => {}
            }
            stage.n_remaining += usize::from(remains);
        }
    }
    out
}

fn costs(protocol: &Protocol<'_>, rows: &[Row]) -> Vec<Cost> {
    let mut out = Vec::new();
    for (item, of) in protocol.items().iter().enumerate() {
        let alone: Vec<&Row> = rows.iter().filter(|row| row.only_failure() == Some(item)).collect();
        if alone.is_empty() {
            continue;
        }
        let then = |row: &&&Row| row.verdict_without(item, protocol.has_criteria()) == Verdict::PotentiallyEligible;
        let limits = protocol.limits().iter().enumerate().filter(|(_, limit)| limit.id == of.id);
        let limits = limits
            .map(|(index, limit)| {
                let wanted: Vec<&Loosened> =
                    alone.iter().flat_map(|row| &row.loosened).filter(|one| one.limit == index).collect();
                (index, loosen::steps(limit, &wanted, STEPS))
            })
            .filter(|(_, steps)| !steps.is_empty())
            .collect();
        out.push(Cost {
            item,
            n_alone: alone.len(),
            n_potentially_eligible: alone.iter().filter(then).count(),
            limits,
        });
    }
    out.sort_by(|a, b| b.n_alone.cmp(&a.n_alone).then_with(|| a.item.cmp(&b.item)));
    out
}
