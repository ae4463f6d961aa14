//! What is found, why, and where.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use trialway_search::{Filters, How, Place, Query, Results, Search, Sort};
use trialway_study::{AgeLimit, GeoPoint, Phase, Sex, Site, StandardAge, Status, Study};
use trialway_terminology::Terminology;

fn site(city: &str, country: &str, lat: f64, lon: f64, status: Option<Status>) -> Site {
    Site {
        city: Some(city.to_owned()),
        country: Some(country.to_owned()),
        point: GeoPoint::new(lat, lon),
        status: status.map(Into::into),
        ..Site::default()
    }
}

fn study(number: u32, title: &str, conditions: &[&str]) -> Study {
    let doc = format!("NCT{number:08}");
    Study {
        nct_id: trialway_study::NctId::parse(&doc),
        doc,
        brief_title: Some(title.to_owned()),
        conditions: conditions.iter().map(|c| (*c).to_owned()).collect(),
        overall_status: Some(Status::Recruiting.into()),
        ..Study::default()
    }
}

fn index(studies: &[Study]) -> Search {
    let search = Search::in_memory(Terminology::builtin()).unwrap();
    let mut writer = search.writer().unwrap();
    for study in studies {
        writer.put(study).unwrap();
    }
    writer.commit().unwrap();
    search.reload().unwrap();
    search
}

fn three() -> Search {
    let mut lupus = study(90000001, "T cells for children", &["Lupus Nephritis"]);
    lupus.phases = vec![Phase::Phase1.into()];
    lupus.eligibility.minimum_age = AgeLimit::parse("6 Years");
    lupus.eligibility.maximum_age = AgeLimit::parse("18 Years");
    lupus.eligibility.standard_ages = vec![StandardAge::Child.into(), StandardAge::Adult.into()];
    lupus.eligibility.sex = Some(Sex::All.into());
    lupus.sites = vec![
        site("Paris", "France", 48.86, 2.35, Some(Status::Completed)),
        site("Lyon", "France", 45.76, 4.84, Some(Status::Recruiting)),
    ];
    let mut hypertension = study(90000002, "A new tablet", &["Hypertension"]);
    hypertension.overall_status = Some(Status::Completed.into());
    hypertension.eligibility.sex = Some(Sex::Female.into());
    hypertension.eligibility.minimum_age = AgeLimit::parse("18 Years");
    hypertension.sites = vec![site("Boston", "United States", 42.36, -71.06, None)];
    let mut sle = study(90000003, "Walking for people with SLE", &["SLE"]);
    sle.brief_summary = Some("An exercise programme; fatigue is measured.".to_owned());
    index(&[lupus, hypertension, sle])
}

fn ask(search: &Search, text: &str, filters: Filters) -> Results {
    search.search(&Query { text: text.to_owned(), filters, limit: 10, ..Query::default() }).unwrap()
}

fn ids(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.card.nct_id.as_str()).collect()
}

#[test]
fn words_and_other_names_of_what_they_mean_are_found() {
    let search = three();
    let got = ask(&search, "systemic lupus erythematosus", Filters::default());
    assert!(ids(&got).contains(&"NCT90000003"), "{got:?}");
    assert!(got.also_searched.iter().any(|(_, names)| names.iter().any(|name| name == "SLE")));
    let got = ask(&search, "high blood pressure", Filters::default());
    assert_eq!(ids(&got), ["NCT90000002"], "{got:?}");
    assert_eq!(ids(&ask(&search, "exercising fatigue", Filters::default())), ["NCT90000003"]);
    assert_eq!(ids(&ask(&search, " nct90000002 ", Filters::default())), ["NCT90000002"]);
    assert_eq!(ask(&search, "", Filters::default()).total, 3);
}

#[test]
fn names_in_other_languages_find_what_they_mean() {
    let search = three();
    for text in ["nefritis lúpica", "Nefritis lupica", "estudios de la nefritis lúpica", "狼疮性肾炎", "狼疮肾炎"]
    {
        let got = ask(&search, text, Filters::default());
        assert!(ids(&got).contains(&"NCT90000001"), "{text}: {got:?}");
        assert!(
            got.also_searched.iter().any(|(_, names)| names.iter().any(|name| name == "lupus nephritis")),
            "{text}"
        );
    }
    for text in ["hipertensión", "presión arterial alta", "高血压"] {
        assert_eq!(ids(&ask(&search, text, Filters::default())), ["NCT90000002"], "{text}");
    }
    // English stays English.
    assert!(!ask(&search, "a new tablet hypertension", Filters::default()).only_some_words);
}

#[test]
fn a_hit_says_where_the_words_stand() {
    let search = three();
    let got = ask(&search, "nephritis", Filters::default());
    assert_eq!(got.hits[0].found_in, ["condition"]);
    let got = ask(&search, "walking exercise", Filters::default());
    assert_eq!(got.hits[0].found_in, ["title", "summary"]);
}

#[test]
fn a_slip_of_the_pen_is_forgiven_and_said() {
    let search = three();
    let got = ask(&search, "nephritus", Filters::default());
    assert_eq!(ids(&got), ["NCT90000001"]);
    assert_eq!(got.respelled.len(), 1);
    assert_eq!(ask(&search, "qqqqqqq", Filters::default()).total, 0);
}

#[test]
fn when_no_study_has_every_word_some_are_enough_and_it_is_said() {
    let search = three();
    let got = ask(&search, "nephritis tablet", Filters::default());
    assert!(got.only_some_words);
    assert_eq!(got.total, 2);
    assert!(!ask(&search, "nephritis", Filters::default()).only_some_words);
}

#[test]
fn filters_take_out_only_what_they_surely_shut_out() {
    let search = three();
    let with = |filters: Filters| ask(&search, "", filters).total;
    assert_eq!(with(Filters { age_years: Some(6), ..Filters::default() }), 2);
    assert_eq!(with(Filters { age_years: Some(18), ..Filters::default() }), 3);
    assert_eq!(with(Filters { age_years: Some(19), ..Filters::default() }), 2);
    assert_eq!(with(Filters { age_years: Some(5), ..Filters::default() }), 1);
    assert_eq!(with(Filters { sex: Some("MALE".to_owned()), ..Filters::default() }), 2);
    assert_eq!(with(Filters { sex: Some("FEMALE".to_owned()), ..Filters::default() }), 3);
    assert_eq!(with(Filters { status: vec!["COMPLETED".to_owned()], ..Filters::default() }), 1);
    assert_eq!(with(Filters { phase: vec!["PHASE1".to_owned(), "PHASE2".to_owned()], ..Filters::default() }), 1);
    assert_eq!(with(Filters { country: vec!["United States".to_owned()], ..Filters::default() }), 1);
    assert_eq!(with(Filters { recruiting_site: true, ..Filters::default() }), 1);
}

#[test]
fn facets_count_what_was_found() {
    let got = ask(&three(), "", Filters::default());
    assert_eq!(got.facets["status"], [("RECRUITING".to_owned(), 2), ("COMPLETED".to_owned(), 1)]);
    assert_eq!(got.facets["country"], [("France".to_owned(), 1), ("United States".to_owned(), 1)]);
    assert_eq!(got.facets["age"].len(), 2);
}

#[test]
fn the_nearest_site_is_given_with_its_own_status() {
    let search = three();
    let paris = search.place("paris, france").unwrap().unwrap();
    assert_eq!(paris.label, "Paris, France");
    assert_eq!(search.place("Atlantis").unwrap(), None);
    let near = |recruiting_site, within_km| {
        let filters = Filters { recruiting_site, ..Filters::default() };
        let query = Query { filters, near: Some(paris.clone()), within_km, limit: 10, ..Query::default() };
        search.search(&query).unwrap()
    };
    let got = near(false, None);
    assert_eq!(ids(&got), ["NCT90000001", "NCT90000002", "NCT90000003"]);
    assert_eq!(got.hits[0].nearest.as_ref().unwrap().index, 0);
    assert_eq!(got.hits[2].nearest, None);
    // The nearest site that takes participants is another one.
    let got = near(true, None);
    assert_eq!(got.hits[0].nearest.as_ref().unwrap().index, 1);
    assert_eq!(near(false, Some(500.0)).total, 1);
    assert_eq!(near(true, Some(100.0)).total, 0);
    assert!(Place::parse("48.8,2.3").is_some());
}

#[test]
fn towns_are_found_however_they_are_written() {
    let search = three();
    for text in ["Paris", "paris france", "Paris, France", "PARIS", "Pariss"] {
        assert_eq!(search.place(text).unwrap().unwrap().label, "Paris, France", "{text}");
    }
    for text in ["Boston usa", "Boston, United States"] {
        assert_eq!(search.place(text).unwrap().unwrap().label, "Boston, United States", "{text}");
    }
    assert_eq!(search.place("Paris, Canada").unwrap(), None);
    assert_eq!(search.suggest_places("par", 5).unwrap(), ["Paris, France"]);
}

#[test]
fn a_study_that_changed_is_there_once() {
    let search = three();
    let mut writer = search.writer().unwrap();
    writer.put(&study(90000001, "Another title", &["Gout"])).unwrap();
    writer.commit().unwrap();
    search.reload().unwrap();
    assert_eq!(search.n_studies(), 3);
    assert_eq!(ids(&ask(&search, "gout", Filters::default())), ["NCT90000001"]);
    assert_eq!(ask(&search, "nephritis", Filters::default()).total, 0);
}

#[test]
fn any_text_can_be_asked() {
    let search = three();
    for text in ["\"", "a AND (b", "field:x", "*", "\\", "é", "中文", &"long ".repeat(500), "-", "+a -b", "[1 TO 2]"]
    {
        ask(&search, text, Filters::default());
    }
}

/// Studies of kinds, classes and other words.
fn more() -> Search {
    let mut ace = study(90000011, "Lowering blood pressure", &["Hypertension"]);
    ace.interventions = vec![trialway_study::Intervention { name: "Prednisolone".to_owned(), ..Default::default() }];
    ace.interventions[0].kind = Some(trialway_study::InterventionKind::Drug.into());
    ace.eligibility.healthy_volunteers = Some(false);
    ace.study_type = Some(trialway_study::StudyType::Interventional.into());
    ace.dates.first_posted = Some(trialway_study::StudyDate::parse("2024-03-01"));
    let mut class = study(90000012, "Any corticosteroid after kidney damage", &["Proteinuria"]);
    class.dates.first_posted = Some(trialway_study::StudyDate::parse("2026-01-15"));
    let mut nephritis = study(90000013, "A tablet for children", &["Lupus Nephritis"]);
    nephritis.eligibility.text =
        Some("Inclusion Criteria:\n\n- Systemic lupus erythematosus\n- Age 6 to 17\n".to_owned());
    nephritis.eligibility.standard_ages = vec![StandardAge::Child.into()];
    nephritis.dates.first_posted = Some(trialway_study::StudyDate::parse("2025-05"));
    let gout = study(90000014, "Diet and joints", &["Gout"]);
    index(&[ace, class, nephritis, gout])
}

#[test]
fn kinds_of_a_disease_and_members_of_a_class_are_found_and_said() {
    let search = more();
    let got = ask(&search, "autoimmune disease", Filters::default());
    assert_eq!(ids(&got)[0], "NCT90000013", "{got:?}");
    assert!(got.hits[0].why.iter().any(|reason| reason.how == How::Kind), "{:?}", got.hits[0].why);
    assert!(got.hits[0].why[0].sentence().contains("is a kind of “autoimmune disease”"), "{:?}", got.hits[0].why);
    let got = ask(&search, "corticosteroids", Filters::default());
    assert!(ids(&got).contains(&"NCT90000011") && ids(&got)[0] == "NCT90000012", "{got:?}");
    // And back: studies of the class for one of its members, after those of the member.
    let got = ask(&search, "prednisolone", Filters::default());
    assert_eq!(ids(&got), ["NCT90000011", "NCT90000012"]);
    assert_eq!(got.hits[1].why[0].how, How::Class);
}

#[test]
fn everyday_words_find_what_records_call_otherwise() {
    let search = more();
    for text in ["protein in my urine", "uric acid in the joints", "high blood presure"] {
        assert!(ask(&search, text, Filters::default()).total > 0, "{text}");
    }
    assert_eq!(ids(&ask(&search, "protein in my urine", Filters::default()))[0], "NCT90000012");
    let got = ask(&search, "medicine for my kid with lupus", Filters::default());
    assert_eq!(ids(&got)[0], "NCT90000013");
    assert!(got.hits[0].why.iter().any(|reason| reason.how == How::Age), "{:?}", got.hits[0].why);
}

#[test]
fn quotes_keep_words_as_they_stand_and_stars_complete_them() {
    let search = more();
    assert_eq!(ids(&ask(&search, "\"diet and joints\"", Filters::default())), ["NCT90000014"]);
    assert_eq!(ask(&search, "\"joints and diet\"", Filters::default()).total, 0);
    let exact = ask(&search, "\"nephritus\"", Filters::default());
    assert!(exact.total == 0 && exact.respelled.is_empty());
    assert!(ids(&ask(&search, "prednis*", Filters::default())).contains(&"NCT90000011"));
    assert_eq!(ask(&search, "zzzz*", Filters::default()).total, 0);
}

#[test]
fn misspelt_words_are_mended_within_several_words_and_known_words_are_left() {
    let search = more();
    let got = ask(&search, "lupus nefritis children", Filters::default());
    assert_eq!(got.respelled, [("nefritis".to_owned(), "nephritis".to_owned())]);
    assert_eq!(ids(&got)[0], "NCT90000013");
    // A word of the vocabulary that no record has is no slip.
    assert!(ask(&search, "asthma", Filters::default()).respelled.is_empty());
}

#[test]
fn other_languages_are_read_word_by_word() {
    let search = more();
    for text in ["medicina para la presión alta", "hipertensión en adultos", "高血壓", "高血压的新药临床试验"]
    {
        assert_eq!(ids(&ask(&search, text, Filters::default()))[0], "NCT90000011", "{text}");
    }
    assert_eq!(ids(&ask(&search, "niños con nefritis lúpica", Filters::default()))[0], "NCT90000013");
}

#[test]
fn a_condition_never_had_hides_what_asks_everyone_for_it() {
    let search = more();
    let (without, unknown) = search.conditions("lupus, some nonsense");
    assert_eq!(unknown, ["some nonsense"]);
    assert!(!without.is_empty());
    let got = ask(&search, "", Filters { without, ..Filters::default() });
    assert!(!ids(&got).contains(&"NCT90000013"), "{got:?}");
    // The others are for people with a disease, too, and do not ask for it in words that were read: they stay.
    assert_eq!(got.total, 3);
}

#[test]
fn counts_of_a_group_leave_its_own_choice_out() {
    let search = three();
    let filters = Filters { status: vec!["COMPLETED".to_owned()], ..Filters::default() };
    let got = ask(&search, "", filters);
    assert_eq!(got.total, 1);
    assert_eq!(got.facets["status"], [("RECRUITING".to_owned(), 2), ("COMPLETED".to_owned(), 1)]);
    assert_eq!(got.facets["country"], [("United States".to_owned(), 1)]);
    let more = more();
    let got = ask(&more, "", Filters { healthy: vec!["NO".to_owned()], ..Filters::default() });
    assert_eq!(ids(&got), ["NCT90000011"]);
    assert_eq!(got.facets["intervention"], [("DRUG".to_owned(), 1)]);
    assert_eq!(got.facets["type"], [("INTERVENTIONAL".to_owned(), 1)]);
}

#[test]
fn the_newest_come_first_when_asked() {
    let query = Query { sort: Some(Sort::Newest), limit: 10, ..Query::default() };
    let got = more().search(&query).unwrap();
    assert_eq!(ids(&got), ["NCT90000012", "NCT90000013", "NCT90000011", "NCT90000014"]);
    let paged = more().search(&Query { offset: 1, limit: 2, ..query }).unwrap();
    assert_eq!(ids(&paged), ["NCT90000013", "NCT90000011"]);
    assert_eq!(paged.total, 4);
}

#[test]
fn names_are_offered_while_someone_types() {
    let search = more();
    let texts = |typed: &str| -> Vec<String> {
        search.suggest(typed, 8).unwrap().into_iter().map(|one| one.text.to_lowercase()).collect()
    };
    assert!(texts("lupus n").contains(&"lupus nephritis".to_owned()), "{:?}", texts("lupus n"));
    assert!(texts("high blood").contains(&"high blood pressure".to_owned()), "{:?}", texts("high blood"));
    assert!(texts("狼疮").iter().any(|name| name.ends_with("肾炎")), "{:?}", texts("狼疮"));
    // What no study here is about is not offered.
    assert!(texts("asthm").is_empty(), "{:?}", texts("asthm"));
    assert!(search.suggest("", 8).unwrap().is_empty());
    assert!(search.suggest("gout", 8).unwrap()[0].n_studies == 1);
}
