//! A search passes by what cannot be among the best, and gives what the plain way gives, which scores every study.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use trialway_search::{Filters, Place, Query, Search, Sort};
use trialway_study::{
    AgeLimit, GeoPoint, Intervention, InterventionKind, NctId, Phase, Sex, Site, StandardAge, Status, Study, StudyDate,
};
use trialway_terminology::Terminology;

/// Numbers that any run repeats (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of a list, the first ones far more often.
    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let (a, b) = (self.below(list.len()), self.below(list.len()));
        list[a * b / list.len()]
    }
}

const NAMES: [&str; 16] = [
    "Hypertension",
    "Type 2 Diabetes Mellitus",
    "Asthma",
    "Lupus Nephritis",
    "Chronic Kidney Disease",
    "Gout",
    "Breast Cancer",
    "Systemic Lupus Erythematosus",
    "Prednisolone",
    "Metformin",
    "Heart Failure",
    "Chronic Obstructive Pulmonary Disease",
    "High Blood Pressure",
    "Obesity",
    "Insulin",
    "Stroke",
];

const WORDS: [&str; 20] = [
    "the",
    "of",
    "study",
    "in",
    "patients",
    "with",
    "walking",
    "tablet",
    "children",
    "kidney",
    "early",
    "home",
    "diet",
    "quality",
    "fatigue",
    "daily",
    "nurse",
    "music",
    "lupus",
    "nephritis",
];

const COUNTRIES: [&str; 5] = ["France", "United States", "Japan", "Brazil", "Kenya"];

fn text(numbers: &mut Numbers, most: usize) -> String {
    let n = 1 + numbers.below(most);
    let words = (0..n).map(|_| if numbers.one_in(5) { numbers.of(&NAMES) } else { numbers.of(&WORDS) });
    words.collect::<Vec<_>>().join(" ")
}

fn study(number: usize, numbers: &mut Numbers) -> Study {
    let doc = format!("NCT{:08}", 90_000_000 + number);
    let mut out = Study { nct_id: NctId::parse(&doc), doc, ..Study::default() };
    out.brief_title = Some(text(numbers, 8));
    if numbers.one_in(2) {
        out.conditions = (0..=numbers.below(2)).map(|_| numbers.of(&NAMES).to_owned()).collect();
    }
    if numbers.one_in(3) {
        let kind = if numbers.one_in(2) { InterventionKind::Drug } else { InterventionKind::Behavioral };
        let name = numbers.of(&NAMES[8..]).to_owned();
        out.interventions = vec![Intervention { name, kind: Some(kind.into()), ..Intervention::default() }];
    }
    if numbers.one_in(2) {
        out.brief_summary = Some(text(numbers, 30));
    }
    if numbers.one_in(3) {
        out.detailed_description = Some(text(numbers, 60));
    }
    if numbers.one_in(4) {
        out.keywords = vec![text(numbers, 2)];
    }
    if numbers.one_in(12) {
        let name = numbers.of(&NAMES);
        out.eligibility.text = Some(format!("Inclusion Criteria:\n\n- {name}\n\nExclusion Criteria:\n\n- Gout\n"));
    }
    out.overall_status = Some([Status::Recruiting, Status::Completed, Status::Terminated][numbers.below(3)].into());
    out.phases = [Phase::Phase1, Phase::Phase2].into_iter().filter(|_| numbers.one_in(2)).map(Into::into).collect();
    out.eligibility.sex = [Some(Sex::All), Some(Sex::Female), Some(Sex::Male), None][numbers.below(4)].map(Into::into);
    out.eligibility.standard_ages =
        [StandardAge::Child, StandardAge::Adult].into_iter().filter(|_| numbers.one_in(2)).map(Into::into).collect();
    out.eligibility.healthy_volunteers = [Some(true), Some(false), None][numbers.below(3)];
    if numbers.one_in(2) {
        out.eligibility.minimum_age = AgeLimit::parse(["6 Years", "18 Years", "40 Years"][numbers.below(3)]);
        out.eligibility.maximum_age = AgeLimit::parse(["17 Years", "39 Years", "90 Years"][numbers.below(3)]);
    }
    out.dates.first_posted = Some(StudyDate::parse(&format!("20{}-0{}", 10 + numbers.below(9), 1 + numbers.below(9))));
    out.sites = (0..numbers.below(3))
        .map(|_| Site {
            city: Some("Town".to_owned()),
            country: Some(numbers.of(&COUNTRIES).to_owned()),
            point: GeoPoint::new(numbers.below(120) as f64 - 60.0, numbers.below(300) as f64 - 150.0),
            status: [Some(Status::Recruiting), Some(Status::Completed), None][numbers.below(3)].map(Into::into),
            ..Site::default()
        })
        .collect();
    out
}

/// Some studies in several segments, a few of them put in twice.
fn index(n: usize, numbers: &mut Numbers) -> Search {
    let search = Search::in_memory(Terminology::builtin()).unwrap();
    let mut writer = search.writer().unwrap();
    for part in 0..3 {
        for at in (part * n / 3)..((part + 1) * n / 3) {
            let number = if numbers.one_in(10) { numbers.below(n) } else { at };
            writer.put(&study(number, numbers)).unwrap();
        }
        writer.commit().unwrap();
    }
    search.reload().unwrap();
    search
}

fn query(numbers: &mut Numbers, without: &[trialway_terminology::ConceptId]) -> Query {
    let mut words = Vec::new();
    for _ in 0..[0, 1, 1, 1, 1, 2, 2, 3, 4][numbers.below(9)] {
        words.push(match numbers.below(10) {
            0..=3 => numbers.of(&NAMES).to_owned(),
            4..=6 => numbers.of(&WORDS).to_owned(),
            7 => format!("\"{} {}\"", numbers.of(&WORDS), numbers.of(&WORDS)),
            8 => format!("{}*", numbers.of(&["wa", "ta", "ne", "ki", "pred"])),
            _ => ["kid", "hypertensoin", "presión arterial alta", "kidney disease", "*"][numbers.below(5)].to_owned(),
        });
    }
    let some = |numbers: &mut Numbers, list: &[&str]| -> Vec<String> {
        if numbers.one_in(6) {
            (0..=numbers.below(2)).map(|_| list[numbers.below(list.len())].to_owned()).collect()
        } else {
            Vec::new()
        }
    };
    let filters = Filters {
        status: some(numbers, &["RECRUITING", "COMPLETED", "NO_SUCH"]),
        phase: some(numbers, &["PHASE1", "PHASE2"]),
        age_group: some(numbers, &["CHILD", "ADULT"]),
        country: some(numbers, &COUNTRIES),
        healthy: some(numbers, &["YES", "NO", "NOT_GIVEN"]),
        sex: numbers.one_in(6).then(|| ["FEMALE", "MALE"][numbers.below(2)].to_owned()),
        recruiting_site: numbers.one_in(8),
        age_years: numbers.one_in(6).then(|| numbers.below(100) as u32),
        without: if numbers.one_in(10) { without.to_vec() } else { Vec::new() },
        ..Filters::default()
    };
    let near = numbers.one_in(4).then(|| Place { label: "here".to_owned(), lat: 10.0, lon: 20.0 });
    let within_km = numbers.one_in(3).then(|| 1_000.0 * (1 + numbers.below(8)) as f64);
    let sort = [None, None, None, Some(Sort::Relevance), Some(Sort::Newest), Some(Sort::Distance)][numbers.below(6)];
    let (offset, limit) = ([0, 0, 0, 7][numbers.below(4)], [0, 1, 5, 20, 60][numbers.below(5)]);
    Query { text: words.join(" "), filters, near, within_km, sort, offset, limit }
}

#[test]
fn the_best_are_the_same_whether_all_are_scored_or_not() {
    let mut numbers = Numbers(20_261_130);
    let (mut n_hits, mut n_widened, mut n_partial) = (0, 0, 0);
    for (n_studies, n_queries) in [(1, 30), (25, 150), (400, 600), (14_000, 250)] {
        let search = index(n_studies, &mut numbers);
        let (without, _) = search.conditions("lupus, gout, asthma");
        for _ in 0..n_queries {
            let query = query(&mut numbers, &without);
            let (got, want) = (search.search(&query).unwrap(), search.search_plainly(&query).unwrap());
            let of = |results: &trialway_search::Results| -> Vec<(String, u32)> {
                results.hits.iter().map(|hit| (hit.card.nct_id.clone(), hit.score.to_bits())).collect()
            };
            assert_eq!(of(&got), of(&want), "{n_studies} studies, {query:?}");
            assert_eq!((got.total, &got.facets), (want.total, &want.facets), "{n_studies} studies, {query:?}");
            assert_eq!(got, want, "{n_studies} studies, {query:?}");
            n_hits += got.hits.len();
            n_widened += usize::from(got.n_with_all.is_some());
            n_partial += usize::from(got.only_some_words);
        }
    }
    // The queries find things, and go the ways of too few words found as well.
    assert!(n_hits > 3_000 && n_widened > 20 && n_partial > 20, "{n_hits} {n_widened} {n_partial}");
}
