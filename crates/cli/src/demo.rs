//! The project's own invented studies, carried in the program.

use include_dir::{Dir, include_dir};
use trialway_registry::parse_study;
use trialway_search::Search;
use trialway_store::{Form, NewVersion, Store, content_hash};
use trialway_terminology::Terminology;

static RECORDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../corpus/registry");

/// A store and an index in memory that hold them.
pub async fn load() -> anyhow::Result<(Store, Search)> {
    let store = Store::in_memory().await?;
    let search = Search::in_memory(Terminology::builtin())?;
    let mut writer = search.writer()?;
    let mut versions = Vec::new();
    for file in RECORDS.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "json")) {
        let study = parse_study(file.contents())?.value;
        let Some(nct_id) = study.nct_id else { anyhow::bail!("{} has no NCT number", file.path().display()) };
        writer.put(&study)?;
        versions.push(NewVersion {
            nct_id,
            content_hash: content_hash(file.contents()),
            form: Form::Json,
            received_at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            bytes: file.contents().to_vec(),
        });
    }
    writer.commit()?;
    search.reload()?;
    store.put(&versions, None).await?;
    Ok((store, search))
}
