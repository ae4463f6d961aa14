//! The fields of the index and how a study fills them.

use crate::Card;
use tantivy::schema::{
    FAST, Facet, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{Index, TantivyDocument};
use trialway_study::{AgeLimit, Study};

/// Name of the index directory; another number means another form, and the index is built anew.
pub(crate) const DIRECTORY: &str = "index-1";

/// The analyser of every text field.
pub(crate) const ANALYZER: &str = "words";

/// A text field, what it is called for people, and its weight.
pub(crate) struct TextField {
    pub field: Field,
    pub label: &'static str,
    pub weight: f32,
}

/// The fields of the index.
pub(crate) struct Fields {
    pub nct_id: Field,
    pub text: Vec<TextField>,
    pub place: Field,
    pub facet: Field,
    pub min_days: Field,
    pub max_days: Field,
    pub card: Field,
}

/// Name, label and weight of the text fields, most telling first.
const TEXT: [(&str, &str, f32); 8] = [
    ("conditions", "condition", 4.0),
    ("title", "title", 3.0),
    ("interventions", "treatment", 2.5),
    ("keywords", "keyword", 2.0),
    ("summary", "summary", 1.0),
    ("sponsor", "sponsor", 1.0),
    ("description", "description", 0.5),
    ("eligibility", "who can join", 0.4),
];

pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(ANALYZER).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        nct_id: builder.add_text_field("nct_id", STRING),
        text: TEXT
            .iter()
            .map(|(name, label, weight)| TextField {
                field: builder.add_text_field(name, text.clone()),
                label,
                weight: *weight,
            })
            .collect(),
        place: builder.add_text_field("place", text.clone()),
        facet: builder.add_facet_field("facet", FacetOptions::default()),
        min_days: builder.add_u64_field("min_days", INDEXED | FAST),
        max_days: builder.add_u64_field("max_days", INDEXED | FAST),
        card: builder.add_text_field("card", STORED),
    };
    (builder.build(), fields)
}

/// Makes the analyser known to an index.
pub(crate) fn register(index: &Index) {
    index.tokenizers().register(ANALYZER, analyzer());
}

pub(crate) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build()
}

/// The document of a study.
pub(crate) fn document(fields: &Fields, study: &Study) -> TantivyDocument {
    let mut out = TantivyDocument::default();
    let card = Card::of(study);
    out.add_text(fields.nct_id, &study.doc);
    let join = |list: &[String]| list.join(" . ");
    let interventions: Vec<String> =
        study.interventions.iter().flat_map(|one| [&one.name].into_iter().chain(&one.other_names)).cloned().collect();
    for TextField { field, label, .. } in &fields.text {
        let words = match *label {
            "condition" => join(&study.conditions),
            "title" => [&study.brief_title, &study.official_title, &study.acronym]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join(" . "),
            "treatment" => join(&interventions),
            "keyword" => join(&study.keywords),
            "summary" => study.brief_summary.clone().unwrap_or_default(),
            "sponsor" => {
                let all = study.lead_sponsor.iter().chain(&study.collaborators);
                all.map(|sponsor| sponsor.name.as_str()).collect::<Vec<_>>().join(" . ")
            }
            "description" => study.detailed_description.clone().unwrap_or_default(),
            _ => study.eligibility.text.clone().unwrap_or_default(),
        };
        if !words.is_empty() {
            out.add_text(*field, words);
        }
    }
    let mut places: Vec<String> = Vec::new();
    let mut countries: Vec<&str> = Vec::new();
    for site in &study.sites {
        let place =
            [&site.city, &site.state, &site.country].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        if !places.contains(&place) {
            places.push(place);
        }
        countries.extend(site.country.as_deref());
    }
    out.add_text(fields.place, places.join(" . "));
    countries.sort_unstable();
    countries.dedup();
    let mut facet = |group: &str, value: &str| out.add_facet(fields.facet, Facet::from_path([group, value]));
    facet("status", card.status.as_deref().unwrap_or("NOT_GIVEN"));
    for phase in &card.phases {
        facet("phase", phase);
    }
    for age in &study.eligibility.standard_ages {
        facet("age", age.as_str());
    }
    facet("sex", card.sex.as_deref().unwrap_or("NOT_GIVEN"));
    for country in countries {
        facet("country", country);
    }
    if card.n_recruiting_sites() > 0 {
        facet("sites", "RECRUITING");
    }
    out.add_u64(fields.min_days, days(study.eligibility.minimum_age.as_ref()).unwrap_or(0));
    out.add_u64(fields.max_days, days(study.eligibility.maximum_age.as_ref()).unwrap_or(u64::MAX));
    out.add_text(fields.card, serde_json::to_string(&card).unwrap_or_default());
    out
}

/// A published limit in whole days; none where there is none, or none that was understood (then nobody is filtered out).
fn days(limit: Option<&AgeLimit>) -> Option<u64> {
    limit?.approximate_days()?.trunc().to_string().parse().ok()
}
