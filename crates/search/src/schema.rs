//! The fields of the index.

use crate::tokens::stems;
use tantivy::Index;
use tantivy::schema::{
    FAST, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Name of the index directory; another number means another form, and the index is built anew.
pub(crate) const DIRECTORY: &str = "index-2";

/// Forms of the index that came before; they are taken away.
pub(crate) const FORMER: [&str; 1] = ["index-1"];

/// The analyser of every text field.
pub(crate) const ANALYZER: &str = "words";

/// The analyser of whole words.
pub(crate) const SPELLINGS: &str = "spellings";

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
    /// Whole words of the telling fields, for spellings.
    pub spelling: Field,
    /// Concepts that the study is about: its conditions, interventions and title.
    pub about: Field,
    /// Concepts that its keywords, headings and summary name.
    pub touches: Field,
    /// What the concepts that it is about are kinds of.
    pub kinds: Field,
    /// Conditions that everyone who takes part must have, and what they are kinds of.
    pub needs: Field,
    pub facet: Field,
    pub min_days: Field,
    pub max_days: Field,
    /// When it was first posted, `YYYYMMDD`.
    pub posted: Field,
    /// Sites on the map; see [`crate::place::packed`].
    pub site: Field,
    /// City, state and country of the same sites.
    pub city: Field,
    pub card: Field,
}

/// Name of the facet field.
pub(crate) const FACET: &str = "facet";

/// The groups of facets.
pub(crate) const GROUPS: [&str; 9] =
    ["status", "phase", "type", "age", "sex", "country", "intervention", "sponsor", "healthy"];

/// Name, label and weight of the text fields, most telling first.
const TEXT: [(&str, &str, f32); 10] = [
    ("conditions", "condition", 4.0),
    ("title", "title", 3.0),
    ("interventions", "treatment", 2.5),
    ("keywords", "keyword", 2.0),
    ("summary", "summary", 1.0),
    ("sponsor", "sponsor", 1.0),
    ("place", "place", 0.8),
    ("description", "description", 0.5),
    ("eligibility", "who can join", 0.5),
    ("exclusion", "who cannot join", 0.1),
];

pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = |analyzer: &str, option| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer(analyzer).set_index_option(option))
    };
    let text = words(ANALYZER, IndexRecordOption::WithFreqsAndPositions);
    let concepts = words("raw", IndexRecordOption::WithFreqs);
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
        spelling: builder.add_text_field("spelling", words(SPELLINGS, IndexRecordOption::Basic)),
        about: builder.add_text_field("about", concepts.clone()),
        touches: builder.add_text_field("touches", concepts.clone()),
        kinds: builder.add_text_field("kinds", concepts),
        needs: builder.add_text_field("needs", STRING),
        facet: builder.add_facet_field(FACET, FacetOptions::default()),
        min_days: builder.add_u64_field("min_days", INDEXED | FAST),
        max_days: builder.add_u64_field("max_days", INDEXED | FAST),
        posted: builder.add_u64_field("posted", FAST),
        site: builder.add_u64_field("site", FAST),
        city: builder.add_text_field("city", TextOptions::default().set_fast("raw")),
        card: builder.add_text_field("card", STORED),
    };
    (builder.build(), fields)
}

/// Makes the analysers known to an index.
pub(crate) fn register(index: &Index) {
    index.tokenizers().register(ANALYZER, stems());
    index.tokenizers().register(SPELLINGS, crate::tokens::spellings());
}
