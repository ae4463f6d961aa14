//! What followers are told, and when: at most one mail in a period, and only if something changed.

use crate::error::Problem;
use crate::pages::contact::mail::{base, compose, from_outside};
use crate::pages::history;
use crate::secret;
use crate::state::App;
use crate::tongue::Tongue;
use std::collections::BTreeMap;
use trialway_store::{Follow, FollowKind, Follower, LoggedChange, Told};
use trialway_study::NctId;

/// Lines of the log that are looked at together.
const LOOK: u32 = 1_000;
/// Most changes that one mail tells of; the rest is on the studies' own pages.
const MOST_TOLD: usize = 200;

/// Looks at what changed for every follower whose period is over, and puts mails into the box. How many mails.
///
/// **Errors**: those of the store and the index; what was done for other followers stays done.
pub async fn send_due(app: &App, now: i64) -> Result<usize, Problem> {
    if !app.sends_mail() {
        return Ok(0);
    }
    let settled = app.store.settled_change().await?;
    let mut n = 0;
    for follower in app.store.followers_due(now).await? {
        n += usize::from(one(app, &follower, settled, now).await?);
    }
    Ok(n)
}

async fn one(app: &App, follower: &Follower, settled: i64, now: i64) -> Result<bool, Problem> {
    let mut looked = Vec::new();
    let mut told: BTreeMap<(i64, NctId, i64), Told> = BTreeMap::new();
    for follow in app.store.follows_of(follower.id).await? {
        let to = settled.max(follow.looked_to);
        for change in news(app, &follow, to).await? {
            if told.len() < MOST_TOLD {
                let LoggedChange { nct_id, version, .. } = change;
                let one = Told { follow_id: follow.id, nct_id, version, told_at: now };
                told.insert((follow.id, nct_id, version), one);
            }
        }
        if to > follow.looked_to {
            looked.push((follow.id, to));
        }
    }
    let told: Vec<Told> = told.into_values().collect();
    if told.is_empty() {
        if !looked.is_empty() {
            app.store.tell_follower(follower.id, &looked, &[], None, now).await?;
        }
        return Ok(false);
    }
    let tongue = Tongue::from_tag(&follower.language).unwrap_or_default();
    let secret = secret::secret()?;
    let link = from_outside(app, &format!("/follow/{secret}"));
    let id = if follower.period_days >= 7 { "follow-mail-weekly" } else { "follow-mail-daily" };
    let mut mail = compose(base(app), tongue, id, "digest", &follower.address, &link)?;
    mail.unsubscribe = format!("{link}/off");
    app.store.tell_follower(follower.id, &looked, &told, Some((&mail, &secret)), now).await?;
    Ok(true)
}

/// Changes that a follow is about: of its study, those of what is compared; of its search, new studies, too.
async fn news(app: &App, follow: &Follow, to: i64) -> Result<Vec<LoggedChange>, Problem> {
    let mut out = Vec::new();
    let mut after = follow.looked_to;
    loop {
        let some = app.store.logged_changes(after, to, LOOK).await?;
        let Some(last) = some.last() else { break };
        after = last.id;
        let found = match follow.kind {
            FollowKind::Study => NctId::parse(&follow.what).into_iter().collect(),
            FollowKind::Search => {
                let mut ids: Vec<NctId> = some.iter().map(|change| change.nct_id).collect();
                ids.sort_unstable();
                ids.dedup();
                let (query, _) = crate::pages::search::asked(app, Some(follow.what.clone()))?;
                app.search.among(&query, &ids)?
            }
        };
        for change in some.into_iter().filter(|change| found.contains(&change.nct_id)) {
            let is_new = change.version == 1 && follow.kind == FollowKind::Search;
            let step = history::one_step(&app.store, change.nct_id, change.version).await?;
            if is_new || step.is_some_and(|step| !step.changes.is_empty()) {
                out.push(change);
            }
        }
    }
    Ok(out)
}
