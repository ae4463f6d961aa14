//! One invented study: its fields in the shares and lengths of real records.

use crate::draw::{Draw, quantile};
use crate::text;
use serde_json::{Map, Value, json};

/// The number in the first study's id: NCT91000000. The project's demonstration records have lower ones.
pub const FIRST_ID: u64 = 91_000_000;
/// How many studies there are ids for.
pub const MOST: u64 = 8_000_000;

// Least, 5, 10, 25, 50, 75, 90, 95 % and greatest, over the 764 API v2 records of `shared/trials/studies_v2.ndjson.gz`.
const RECORD: [f64; 9] = [1800.0, 3628.0, 4389.0, 6357.0, 9173.0, 13581.0, 21132.0, 36055.0, 90000.0];
const CONDITIONS: [f64; 9] = [1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 4.0, 5.0, 9.0];
const KEYWORDS: [f64; 9] = [0.0, 0.0, 0.0, 0.0, 1.6, 4.0, 6.0, 9.0, 15.0];
const INTERVENTIONS: [f64; 9] = [0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 8.0];
const ARMS: [f64; 9] = [0.0, 0.0, 0.0, 1.0, 2.0, 2.0, 3.0, 3.0, 6.0];
const LOCATIONS: [f64; 9] = [0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 13.0, 30.0, 100.0];
/// Primary and secondary outcomes together.
const OUTCOMES: [f64; 9] = [0.0, 0.0, 0.4, 1.0, 4.0, 7.0, 13.0, 17.0, 40.0];
const SUMMARY: [f64; 9] = [60.0, 132.0, 153.0, 212.0, 355.0, 646.0, 1126.0, 1570.0, 4000.0];
const TITLE: [f64; 9] = [25.0, 41.0, 49.0, 64.0, 88.0, 109.0, 134.0, 161.0, 220.0];
const ENROLLMENT: [f64; 9] = [1.0, 7.0, 12.0, 30.0, 68.0, 170.0, 453.0, 1000.0, 9000.0];
/// Of the three quarters that have a detailed description.
const DESCRIPTION: [f64; 9] = [150.0, 250.0, 330.0, 560.0, 950.0, 1700.0, 2900.0, 4000.0, 9000.0];

const STATUS: [(&str, u32); 9] = [
    ("COMPLETED", 275),
    ("RECRUITING", 241),
    ("NOT_YET_RECRUITING", 88),
    ("UNKNOWN", 59),
    ("ACTIVE_NOT_RECRUITING", 52),
    ("TERMINATED", 30),
    ("WITHDRAWN", 13),
    ("ENROLLING_BY_INVITATION", 4),
    ("SUSPENDED", 2),
];
const PHASES: [(&str, u32); 8] = [
    ("NA", 309),
    ("PHASE2", 107),
    ("PHASE1", 63),
    ("PHASE3", 63),
    ("PHASE1/PHASE2", 45),
    ("PHASE4", 16),
    ("PHASE2/PHASE3", 15),
    ("EARLY_PHASE1", 4),
];
const MINIMUM_AGE: [(&str, u32); 9] = [
    ("18 Years", 495),
    ("", 50),
    ("20 Years", 35),
    ("22 Years", 30),
    ("21 Years", 24),
    ("1 Year", 20),
    ("19 Years", 18),
    ("30 Years", 12),
    ("6 Months", 10),
];
const MAXIMUM_AGE: [(&str, u32); 8] = [
    ("", 348),
    ("75 Years", 82),
    ("65 Years", 68),
    ("70 Years", 56),
    ("80 Years", 46),
    ("60 Years", 34),
    ("85 Years", 20),
    ("17 Years", 16),
];
const CLASSES: [(&str, u32); 5] = [("OTHER", 440), ("INDUSTRY", 300), ("NETWORK", 10), ("OTHER_GOV", 9), ("NIH", 3)];
const KINDS: [(&str, u32); 8] = [
    ("DRUG", 245),
    ("DEVICE", 196),
    ("OTHER", 90),
    ("PROCEDURE", 56),
    ("BEHAVIORAL", 46),
    ("BIOLOGICAL", 34),
    ("DIAGNOSTIC_TEST", 18),
    ("RADIATION", 10),
];
const MASKING: [(&str, u32); 5] = [("NONE", 408), ("SINGLE", 81), ("DOUBLE", 55), ("QUADRUPLE", 37), ("TRIPLE", 18)];
const PLACES: [(&str, &str, f64, f64); 16] = [
    ("Boston", "United States", 42.36, -71.06),
    ("Houston", "United States", 29.76, -95.37),
    ("Chicago", "United States", 41.88, -87.63),
    ("Seattle", "United States", 47.61, -122.33),
    ("Beijing", "China", 39.9, 116.41),
    ("Shanghai", "China", 31.23, 121.47),
    ("Guangzhou", "China", 23.13, 113.26),
    ("Paris", "France", 48.85, 2.35),
    ("Lyon", "France", 45.76, 4.84),
    ("Berlin", "Germany", 52.52, 13.4),
    ("London", "United Kingdom", 51.51, -0.13),
    ("Madrid", "Spain", 40.42, -3.7),
    ("Milan", "Italy", 45.46, 9.19),
    ("Cairo", "Egypt", 30.04, 31.24),
    ("Toronto", "Canada", 43.65, -79.38),
    ("Seoul", "South Korea", 37.57, 126.98),
];

/// Study number `index` of the registry with this seed.
///
/// **Shape**: an API v2 study object; `nctId` is [`FIRST_ID`] plus `index`. The same for the same arguments, whatever else is drawn.
/// **Errors**: none; an index from [`MOST`] on begins the ids anew.
pub fn study(seed: u64, index: u64) -> Value {
    let mut draw = Draw::new(seed, index);
    let draw = &mut draw;
    let criteria = text::eligibility(draw);
    let condition = draw.condition();
    let is_trial = draw.chance(0.814);
    let interventions: Vec<Value> =
        (0..number(draw, &INTERVENTIONS).max(usize::from(is_trial))).map(|_| intervention(draw)).collect();
    let mut protocol = Map::new();
    protocol.insert("identificationModule".into(), identification(draw, index, condition, criteria.len() > 450));
    let status = draw.weighted(&STATUS);
    protocol.insert("statusModule".into(), dates(draw, status));
    let class = draw.weighted(&CLASSES);
    protocol
        .insert("sponsorCollaboratorsModule".into(), json!({"leadSponsor": {"name": sponsor(draw), "class": class}}));
    protocol.insert(
        "oversightModule".into(),
        json!({"oversightHasDmc": draw.chance(0.4), "isFdaRegulatedDrug": draw.chance(0.3)}),
    );
    let mut description = Map::new();
    let summary = quantile(&SUMMARY, draw.share());
    description.insert("briefSummary".into(), prose(draw, summary as usize).into());
    protocol.insert("descriptionModule".into(), description.into());
    let mut conditions = vec![condition];
    conditions.extend((1..number(draw, &CONDITIONS)).map(|_| draw.condition()));
    let keywords: Vec<&str> =
        (0..number(draw, &KEYWORDS)).map(|_| if draw.chance(0.5) { draw.condition() } else { draw.drug() }).collect();
    let mut module = json!({"conditions": conditions});
    if !keywords.is_empty() {
        insert(&mut module, "keywords", json!(keywords));
    }
    protocol.insert("conditionsModule".into(), module);
    protocol.insert("designModule".into(), design(draw, is_trial));
    let arms: Vec<Value> = (0..number(draw, &ARMS))
        .map(|at| {
            json!({"label": format!("Arm {}", at + 1), "type": draw.one(&["EXPERIMENTAL", "EXPERIMENTAL", "ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR"])})
        })
        .collect();
    if !arms.is_empty() || !interventions.is_empty() {
        protocol.insert("armsInterventionsModule".into(), json!({"armGroups": arms, "interventions": interventions}));
    }
    let outcomes = |draw: &mut Draw, n: usize| -> Vec<Value> { (0..n).map(|_| outcome(draw)).collect() };
    let n_outcomes = number(draw, &OUTCOMES);
    let n_primary = n_outcomes.min(if draw.chance(0.75) { 1 } else { 2 });
    let n_secondary = n_outcomes - n_primary;
    let primary = outcomes(draw, n_primary);
    let secondary = outcomes(draw, n_secondary);
    if !primary.is_empty() || !secondary.is_empty() {
        protocol.insert("outcomesModule".into(), json!({"primaryOutcomes": primary, "secondaryOutcomes": secondary}));
    }
    protocol.insert("eligibilityModule".into(), eligibility(draw, &criteria));
    let locations: Vec<Value> = (0..number(draw, &LOCATIONS)).map(|_| location(draw, status)).collect();
    if !locations.is_empty() {
        let official = json!([{"name": person(draw), "affiliation": sponsor(draw), "role": "PRINCIPAL_INVESTIGATOR"}]);
        protocol
            .insert("contactsLocationsModule".into(), json!({"overallOfficials": official, "locations": locations}));
    }
    let mut record = Map::new();
    record.insert("protocolSection".into(), protocol.into());
    let browse: Vec<Value> = conditions
        .iter()
        .enumerate()
        .map(|(at, name)| json!({"id": format!("D0{:05}", at + 90000), "term": name}))
        .collect();
    record.insert("derivedSection".into(), json!({"conditionBrowseModule": {"meshes": browse}}));
    record.insert("hasResults".into(), Value::Bool(false));
    fill(draw, criteria.len(), &mut record);
    record.into()
}

/// Posted results, or more words about outcomes, until the record is as long as one of its rank.
fn fill(draw: &mut Draw, criteria: usize, record: &mut Map<String, Value>) {
    // Studies with long criteria are long elsewhere, too.
    let own = draw.share();
    let near = if draw.chance(0.8) { (text::rank(criteria) + (own - 0.5) * 0.1).clamp(0.0, 0.999) } else { own };
    let wanted = quantile(&RECORD, near) as usize;
    let is = serde_json::to_string(record).map_or(0, |text| text.len());
    if wanted <= is + 150 {
        return;
    }
    let mut left = wanted - is;
    let length = (quantile(&DESCRIPTION, draw.share()) as usize).min(left.saturating_sub(60));
    if let Some(Value::Object(description)) =
        record.get_mut("protocolSection").and_then(|p| p.get_mut("descriptionModule"))
    {
        let words = prose(draw, length);
        left = left.saturating_sub(words.len() + 26);
        description.insert("detailedDescription".into(), words.into());
    }
    if wanted > 24_000 {
        let mut measures = Vec::new();
        while left > 700 {
            let words = prose(draw, 400);
            left = left.saturating_sub(words.len() + 190);
            measures.push(json!({"type": "SECONDARY", "title": prose(draw, 70), "description": words, "reportingStatus": "POSTED", "timeFrame": "12 months"}));
        }
        record.insert("hasResults".into(), Value::Bool(true));
        record.insert("resultsSection".into(), json!({"outcomeMeasuresModule": {"outcomeMeasures": measures}}));
    } else {
        let mut references = Vec::new();
        while left > 150 {
            let words = prose(draw, left.min(360).saturating_sub(60));
            left = left.saturating_sub(words.len() + 60);
            references.push(json!({"type": "BACKGROUND", "citation": words}));
        }
        if let Some(Value::Object(protocol)) = record.get_mut("protocolSection") {
            protocol.insert("referencesModule".into(), json!({"references": references}));
        }
    }
}

fn insert(value: &mut Value, key: &str, entry: Value) {
    if let Value::Object(map) = value {
        map.insert(key.to_owned(), entry);
    }
}

fn number(draw: &mut Draw, values: &[f64; 9]) -> usize {
    let share = draw.share();
    quantile(values, share).round() as usize
}

fn identification(draw: &mut Draw, index: u64, condition: &str, has_official: bool) -> Value {
    let wanted = quantile(&TITLE, draw.share()) as usize;
    let mut title = format!("{} in {condition}", if draw.chance(0.6) { draw.drug() } else { draw.procedure() });
    while title.len() + 12 < wanted {
        title.push_str(draw.one(&[" and ", " with ", " after ", " compared with "]));
        title.push_str(if draw.chance(0.5) { draw.drug() } else { draw.procedure() });
    }
    let id = FIRST_ID + index % MOST;
    let mut module =
        json!({"nctId": format!("NCT{id}"), "orgStudyIdInfo": {"id": format!("DEMO-{index}")}, "briefTitle": title});
    if has_official {
        insert(&mut module, "organization", json!({"fullName": sponsor(draw), "class": "OTHER"}));
        insert(&mut module, "officialTitle", json!(format!("An invented study of {title}")));
    }
    module
}

fn dates(draw: &mut Draw, status: &str) -> Value {
    let year = if matches!(status, "COMPLETED" | "TERMINATED" | "WITHDRAWN" | "UNKNOWN") {
        2008 + draw.below(15)
    } else {
        2021 + draw.below(5)
    };
    let month = 1 + draw.below(12);
    let kind = if status == "COMPLETED" { "ACTUAL" } else { "ESTIMATED" };
    json!({"statusVerifiedDate": format!("{year}-{month:02}"), "overallStatus": status,
        "startDateStruct": {"date": format!("{year}-{month:02}"), "type": "ACTUAL"},
        "primaryCompletionDateStruct": {"date": format!("{}-{month:02}", year + 1 + draw.below(3)), "type": kind},
        "completionDateStruct": {"date": format!("{}-{month:02}", year + 2 + draw.below(4)), "type": kind},
        "studyFirstSubmitDate": format!("{year}-{month:02}-{:02}", 1 + draw.below(28)),
        "lastUpdatePostDateStruct": {"date": format!("{}-{month:02}-{:02}", year + 1, 1 + draw.below(28)), "type": "ACTUAL"}})
}

fn design(draw: &mut Draw, is_trial: bool) -> Value {
    let count = number(draw, &ENROLLMENT);
    let enrollment = json!({"count": count, "type": draw.one(&["ACTUAL", "ESTIMATED"])});
    if !is_trial {
        return json!({"studyType": "OBSERVATIONAL", "designInfo": {"observationalModel": "COHORT", "timePerspective": "PROSPECTIVE"}, "enrollmentInfo": enrollment});
    }
    let phases: Vec<&str> = draw.weighted(&PHASES).split('/').collect();
    let allocation = draw.weighted(&[("RANDOMIZED", 300), ("NA", 229), ("NON_RANDOMIZED", 70)]);
    json!({"studyType": "INTERVENTIONAL", "phases": phases, "designInfo": {"allocation": allocation,
        "interventionModel": if allocation == "RANDOMIZED" { "PARALLEL" } else { "SINGLE_GROUP" }, "primaryPurpose": "TREATMENT",
        "maskingInfo": {"masking": draw.weighted(&MASKING)}}, "enrollmentInfo": enrollment})
}

fn intervention(draw: &mut Draw) -> Value {
    let kind = draw.weighted(&KINDS);
    let name = if matches!(kind, "DRUG" | "BIOLOGICAL") { draw.drug() } else { draw.procedure() };
    json!({"type": kind, "name": name, "description": prose(draw, 1)})
}

fn outcome(draw: &mut Draw) -> Value {
    let months = 1 + draw.below(24);
    json!({"measure": format!("Change of {}", draw.condition()), "timeFrame": format!("{months} months")})
}

fn eligibility(draw: &mut Draw, criteria: &str) -> Value {
    let mut module = json!({"eligibilityCriteria": criteria, "healthyVolunteers": draw.chance(0.13),
        "sex": draw.weighted(&[("ALL", 715), ("FEMALE", 34), ("MALE", 14)])});
    for (key, table) in [("minimumAge", &MINIMUM_AGE[..]), ("maximumAge", &MAXIMUM_AGE[..])] {
        let age = draw.weighted(table);
        if !age.is_empty() {
            insert(&mut module, key, json!(age));
        }
    }
    insert(&mut module, "stdAges", json!(["ADULT", "OLDER_ADULT"]));
    module
}

fn location(draw: &mut Draw, status: &str) -> Value {
    let at = draw.below(PLACES.len());
    let Some((city, country, lat, lon)) = PLACES.get(at) else { return Value::Null };
    json!({"facility": sponsor(draw), "status": status, "city": city, "country": country, "geoPoint": {"lat": lat, "lon": lon}})
}

fn sponsor(draw: &mut Draw) -> String {
    format!(
        "Invented {} {}",
        draw.one(&["Northern", "Riverside", "Lakeland", "Harbour", "Hillside", "Eastgate", "Meadow", "Saint Aurel"]),
        draw.one(&[
            "University Hospital",
            "Children's Hospital",
            "Cancer Centre",
            "Institute",
            "Medicines Company",
            "Research Network",
            "Clinic"
        ])
    )
}

fn person(draw: &mut Draw) -> String {
    format!(
        "{} {}, MD",
        draw.one(&["Ada", "Bo", "Cleo", "Dan", "Eva", "Finn", "Gia"]),
        draw.one(&["Demo", "Sample", "Model", "Muster", "Ejemplo"])
    )
}

/// Sentences of about so many bytes.
fn prose(draw: &mut Draw, wanted: usize) -> String {
    let mut out = String::with_capacity(wanted + 120);
    loop {
        let sentence = match draw.below(7) {
            0 => format!("This invented study looks at {} for people with {}.", draw.drug(), draw.condition()),
            1 => format!("People with {} are followed for {} months.", draw.condition(), 2 + draw.below(30)),
            2 => format!("One group has {}, the other does not.", draw.procedure()),
            3 => format!("The aim is to learn whether {} gets better.", draw.condition()),
            4 => format!("{} is given every {} days.", draw.drug(), 1 + draw.below(28)),
            5 => format!("The team also counts how often {} happens.", draw.condition()),
            _ => format!("Results after {} are compared with those before it.", draw.procedure()),
        };
        if !out.is_empty() {
            if out.len() + sentence.len() / 2 > wanted {
                return out;
            }
            out.push(' ');
        }
        out.push_str(&sentence);
    }
}
