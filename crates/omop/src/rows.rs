//! Rows of each table to facts.

use crate::table::{Row, Table};
use crate::vocabulary::Vocabulary;
use crate::{OmopError, Person, codes};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use trialway_diagnostics::{Diagnostic, Parsed, Said, Severity};
use trialway_patient::meaning::{self, Coded, fact, is_of_family, keep_medicines, read_words, says_none, says_past};
use trialway_patient::{
    Certainty, Fact, FactKind, Left, PartialDate, Period, RecordedSex, RecordedStatus, Relative, Value, ValueRange,
    written,
};
use trialway_terminology::Layered;
use trialway_units::parse_unit;

/// Fixed concept ids of the CDM, which CONCEPT.csv is not needed for.
mod concept {
    pub const FEMALE: &str = "8532";
    pub const MALE: &str = "8507";
    /// Visits: inpatient, emergency room, emergency room and inpatient.
    pub const STAYS: [&str; 2] = ["9201", "262"];
    pub const EMERGENCY: &str = "9203";
    /// Conditions: preliminary diagnosis.
    pub const PRELIMINARY: &str = "32899";
    /// Drugs given there and then: inpatient administration, EHR administration record.
    pub const GIVEN: [&str; 2] = ["38000180", "32818"];
    /// Comparators.
    pub const OPERATORS: [(&str, &str); 5] =
        [("4171756", "<"), ("4171754", "<="), ("4172703", ""), ("4172704", ">"), ("4171755", ">=")];
}

/// People while their rows are read.
pub(crate) struct Rows<'a> {
    vocabulary: &'a Vocabulary,
    terminology: &'a Layered<'a>,
    people: BTreeMap<(u64, String), Person>,
    findings: Vec<Diagnostic>,
}

/// People in the order of their numbers; ids that are no numbers last.
fn key(id: &str) -> (u64, String) {
    (id.parse().unwrap_or(u64::MAX), id.to_owned())
}

impl<'a> Rows<'a> {
    pub fn new(vocabulary: &'a Vocabulary, terminology: &'a Layered<'a>) -> Self {
        Rows { vocabulary, terminology, people: BTreeMap::new(), findings: Vec::new() }
    }

    /// The people, sorted and complete.
    pub fn finish(mut self) -> Parsed<Vec<Person>> {
        for person in self.people.values_mut() {
            let shown = |fact: &Fact| format!("{:?}", (&fact.label, &fact.period, &fact.value));
            person.facts.facts.sort_by(|a, b| a.provenance.cmp(&b.provenance).then_with(|| shown(a).cmp(&shown(b))));
            person.facts.facts.dedup();
            person.facts.family.sort();
            person.facts.family.dedup();
            person.report.left.sort();
            person.report.parts.sort();
            person.report.parts.dedup();
            trialway_derived::add(&mut person.facts, self.terminology);
        }
        self.findings.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.message.cmp(&b.message)));
        Parsed { value: self.people.into_values().collect(), findings: self.findings }
    }

    fn date(&mut self, row: &Row<'_>, table: &str, column: &str) -> Option<PartialDate> {
        let cell = row.get(column);
        if cell.is_empty() {
            return None;
        }
        let date = PartialDate::parse(cell);
        if date.is_none() {
            self.findings.push(
                Diagnostic::new(
                    codes::BAD_DATE,
                    Severity::Warning,
                    Said::new("`{written}` is not a date; the time of this row is unknown").with("written", cell),
                )
                .in_field(format!("{table}.{column}, row {}", row.number))
                .with_help("write YYYY-MM-DD"),
            );
        }
        date
    }

    /// The first of several columns that holds a date.
    fn first_date(&mut self, row: &Row<'_>, table: &str, columns: &[&str]) -> Option<PartialDate> {
        columns.iter().find_map(|column| self.date(row, table, column))
    }

    pub fn people(&mut self, table: &Table) -> Result<(), OmopError> {
        for row in table.rows(&["person_id", "gender_concept_id", "year_of_birth"])? {
            let id = row.get("person_id");
            if id.is_empty() {
                continue;
            }
            let parts = [row.get("year_of_birth"), row.get("month_of_birth"), row.get("day_of_birth")];
            let mut text = parts[0].to_owned();
            for part in parts.iter().skip(1) {
                match part.parse::<u8>() {
                    Ok(number) => text.push_str(&format!("-{number:02}")),
                    Err(_) => break,
                }
            }
            let birth = match PartialDate::parse(&text) {
                Some(date) => Some(date),
                None => self.date(&row, "person", "birth_datetime"),
            };
            let sex = match row.get("gender_concept_id") {
                concept::FEMALE => Some(RecordedSex::Female),
                concept::MALE => Some(RecordedSex::Male),
                "8521" => Some(RecordedSex::Other),
                _ => match row.get("gender_source_value").to_lowercase().as_str() {
                    "f" | "female" => Some(RecordedSex::Female),
                    "m" | "male" => Some(RecordedSex::Male),
                    _ => None,
                },
            };
            let person = self.people.entry(key(id)).or_default();
            id.clone_into(&mut person.facts.patient);
            let is_new = !person.report.used.contains_key("person");
            // Two rows of one person that differ say neither.
            person.facts.birth = if is_new || person.facts.birth == birth { birth } else { None };
            person.facts.sex = if is_new || person.facts.sex == sex { sex } else { None };
            *person.report.used.entry("person".to_owned()).or_default() += 1;
        }
        Ok(())
    }

    pub fn deaths(&mut self, table: &Table) -> Result<(), OmopError> {
        for row in table.rows(&["person_id"])? {
            let date = self.first_date(&row, "death", &["death_date", "death_datetime"]);
            let Some(person) = self.people.get_mut(&key(row.get("person_id"))) else { continue };
            let unknown = PartialDate {
                earliest: person.facts.birth.map_or(Date::MIN, |birth| birth.earliest),
                latest: Date::MAX,
            };
            person.facts.deceased = Some(date.unwrap_or(unknown));
            *person.report.used.entry("death".to_owned()).or_default() += 1;
        }
        Ok(())
    }

    /// Reads the rows of a table: each gives facts, or the reason why it gives none.
    fn each(
        &mut self,
        table: &Table,
        needed: &[&str],
        id_column: &str,
        stem: &str,
        read: fn(&mut Rows<'a>, &Row<'_>, &str, Coded) -> Result<Fact, &'static str>,
    ) -> Result<(), OmopError> {
        for row in table.rows(needed)? {
            let person = key(row.get("person_id"));
            if !self.people.contains_key(&person) {
                continue;
            }
            let id = match row.get(id_column) {
                "" => format!("row-{}", row.number),
                id => id.to_owned(),
            };
            let reference = format!("{}/{id}", table.name);
            let (standard, source, value) = (
                row.get(&format!("{stem}_concept_id")),
                row.get(&format!("{stem}_source_concept_id")),
                row.get(&format!("{stem}_source_value")),
            );
            let coded = self.vocabulary.coded(standard, source, value);
            let is_unknown = !matches!(standard, "" | "0") && self.vocabulary.name(standard).is_none();
            let result = if coded.is_empty() {
                Err(if self.vocabulary.is_empty() {
                    "names nothing but a concept id; give CONCEPT.csv"
                } else {
                    "names nothing that CONCEPT.csv holds"
                })
            } else if is_of_family(&coded) {
                Err("about a relative")
            } else if says_none(&coded.label()) {
                Err("says that there is none")
            } else {
                read(self, &row, &id, coded.clone())
            };
            let terminology = self.terminology;
            let Some(person) = self.people.get_mut(&person) else { continue };
            match result {
                Ok(fact) => {
                    *person.report.used.entry(table.name.clone()).or_default() += 1;
                    if is_unknown {
                        let reason = format!("its concept {standard} is not in CONCEPT.csv; it is known by its source");
                        person.report.parts.push(Left { reference, reason });
                    }
                    person.facts.facts.push(fact);
                }
                Err(reason) => {
                    if reason == "about a relative" {
                        let provenance = fact(FactKind::Condition, &table.name, &id, &coded, terminology).provenance;
                        person.facts.family.push(Relative {
                            provenance,
                            relationship: "relative".to_owned(),
                            label: coded.label(),
                            concepts: meaning::concepts(&coded, terminology),
                        });
                    }
                    person.report.left.push(Left { reference, reason: reason.to_owned() });
                }
            }
        }
        Ok(())
    }

    pub fn conditions(&mut self, table: &Table) -> Result<(), OmopError> {
        self.each(
            table,
            &["person_id", "condition_concept_id"],
            "condition_occurrence_id",
            "condition",
            |rows, row, id, coded| {
                let mut fact = fact(FactKind::Condition, "condition_occurrence", id, &coded, rows.terminology);
                let start =
                    rows.first_date(row, "condition_occurrence", &["condition_start_date", "condition_start_datetime"]);
                let end =
                    rows.first_date(row, "condition_occurrence", &["condition_end_date", "condition_end_datetime"]);
                // An end on the day of the start is when it was coded, not when it was over.
                fact.period = Period { start, end: end.filter(|end| Some(*end) != start) };
                let stopped = !row.get("stop_reason").is_empty();
                fact.status = if fact.period.end.is_some() || stopped || says_past(&coded.label()) {
                    RecordedStatus::Ended
                } else {
                    RecordedStatus::Unstated
                };
                let status = row.get("condition_status_concept_id");
                let words = rows.vocabulary.name(status).unwrap_or_else(|| row.get("condition_status_source_value"));
                let lower = words.to_lowercase();
                let is_suspected = ["preliminary", "provisional", "differential", "suspected", "to be diagnosed"]
                    .iter()
                    .any(|word| lower.contains(word));
                if status == concept::PRELIMINARY || is_suspected {
                    fact.certainty = Certainty::Suspected;
                }
                if lower.contains("ruled out") || lower.contains("refuted") {
                    return Err("refuted");
                }
                read_words(&mut fact, &coded, rows.terminology);
                Ok(fact)
            },
        )
    }

    pub fn drugs(&mut self, table: &Table) -> Result<(), OmopError> {
        self.each(table, &["person_id", "drug_concept_id"], "drug_exposure_id", "drug", |rows, row, id, coded| {
            let name = "drug_exposure";
            let mut fact = fact(FactKind::Medication, name, id, &coded, rows.terminology);
            keep_medicines(&mut fact);
            let start = rows.first_date(row, name, &["drug_exposure_start_date", "drug_exposure_start_datetime"]);
            let end = rows.first_date(row, name, &["drug_exposure_end_date", "drug_exposure_end_datetime"]);
            let verbatim = rows.date(row, name, "verbatim_end_date");
            let was_given = concept::GIVEN.contains(&row.get("drug_type_concept_id"));
            let is_over = verbatim.is_some() || was_given || !row.get("stop_reason").is_empty();
            // An end that was worked out from a supply is no proof that the medicine was stopped then.
            fact.period =
                Period { start, end: if is_over { verbatim.or(end) } else { end.or(start).map(PartialDate::from) } };
            fact.status = if is_over { RecordedStatus::Ended } else { RecordedStatus::Unstated };
            for (column, what) in [("sig", ""), ("route_source_value", "route: "), ("dose_unit_source_value", "unit: ")]
            {
                let cell = row.get(column);
                if !cell.is_empty() {
                    fact.notes.push(format!("{what}{cell}"));
                }
            }
            read_words(&mut fact, &coded, rows.terminology);
            // Vaccines stand among the drugs.
            if coded.codings.iter().any(|(system, _, _)| system == "CVX") {
                fact.kind = FactKind::Immunization;
                fact.status = RecordedStatus::Ended;
                fact.period = Period { start, end: start };
            }
            Ok(fact)
        })
    }

    pub fn measurements(&mut self, table: &Table) -> Result<(), OmopError> {
        self.each(
            table,
            &["person_id", "measurement_concept_id"],
            "measurement_id",
            "measurement",
            |rows, row, id, coded| rows.result(row, "measurement", id, &coded),
        )
    }

    pub fn observations(&mut self, table: &Table) -> Result<(), OmopError> {
        self.each(
            table,
            &["person_id", "observation_concept_id"],
            "observation_id",
            "observation",
            |rows, row, id, coded| rows.result(row, "observation", id, &coded),
        )
    }

    /// A measurement or an observation, with its value.
    fn result(&mut self, row: &Row<'_>, table: &str, id: &str, coded: &Coded) -> Result<Fact, &'static str> {
        let mut fact = fact(FactKind::Observation, table, id, coded, self.terminology);
        fact.concepts = meaning::measured(coded, "", self.terminology);
        let date = self.first_date(row, table, &[&format!("{table}_date"), &format!("{table}_datetime")]);
        fact.period = Period { start: date, end: date };
        fact.status = RecordedStatus::Ended;
        let value = self.value(row, table);
        if let Value::Text(words) = &value {
            fact.notes.push(words.clone());
        }
        read_words(&mut fact, coded, self.terminology);
        if let Value::Text(words) = &value {
            let asked = format!("{} {words}", coded.label());
            for (scale, ordinals) in meaning::grades([asked.as_str()].into_iter()) {
                if !fact.grades.iter().any(|(id, _)| *id == scale) {
                    fact.grades.push((scale, ordinals));
                }
            }
        }
        let limit = |column: &str| row.get(column).parse::<Decimal>().ok();
        fact.reference = (limit("range_low"), limit("range_high"));
        let qualifier = row.get("qualifier_source_value");
        if !qualifier.is_empty() {
            fact.notes.push(qualifier.to_owned());
        }
        fact.value = Some(value);
        meaning::keep_measured(&mut fact, coded, self.terminology);
        meaning::settle_smoking(&mut fact);
        Ok(fact)
    }

    fn value(&mut self, row: &Row<'_>, table: &str) -> Value {
        let number = row.get("value_as_number");
        if let Ok(exact) = number.parse::<Decimal>().or_else(|_| Decimal::from_scientific(number)) {
            let operator = row.get("operator_concept_id");
            let sign = concept::OPERATORS.iter().find(|(id, _)| *id == operator).map_or("", |(_, sign)| *sign);
            let source = row.get("value_source_value");
            let (in_source, _) = written::comparator(source);
            let sign = if sign.is_empty() { in_source } else { sign };
            let unit_written = match self.vocabulary.code(row.get("unit_concept_id")) {
                Some(code) => code.to_owned(),
                None => row.get("unit_source_value").to_owned(),
            };
            let unit = if unit_written.is_empty() {
                matches!(row.get("unit_concept_id"), "" | "0").then(|| "1".to_owned())
            } else {
                parse_unit(&unit_written).map(|unit| unit.to_string())
            };
            if unit.is_none() {
                self.findings.push(
                    Diagnostic::new(
                        codes::UNKNOWN_UNIT,
                        Severity::Warning,
                        Said::new("the unit `{unit}` is not known; the value cannot be compared")
                            .with("unit", &unit_written),
                    )
                    .in_field(format!("{table}.unit_concept_id, row {}", row.number))
                    .with_help("give CONCEPT.csv, or a UCUM code in `unit_source_value`"),
                );
            }
            let number = written::bounded(exact, sign).unwrap_or_else(|| ValueRange::exact(exact));
            return Value::Quantity { number, unit_written, unit, written: format!("{sign}{exact}") };
        }
        if let Some(answer) = self.vocabulary.answer(row.get("value_as_concept_id")) {
            return written::coded(&answer);
        }
        let text = match row.get("value_as_string") {
            "" => row.get("value_source_value"),
            text => text,
        };
        if let Some(date) = Some(text).filter(|text| text.len() == 10).and_then(PartialDate::parse) {
            return Value::Date(date);
        }
        written::text(text)
    }

    pub fn procedures(&mut self, table: &Table) -> Result<(), OmopError> {
        self.each(
            table,
            &["person_id", "procedure_concept_id"],
            "procedure_occurrence_id",
            "procedure",
            |rows, row, id, coded| {
                let name = "procedure_occurrence";
                let mut fact = fact(FactKind::Procedure, name, id, &coded, rows.terminology);
                let start = rows.first_date(row, name, &["procedure_date", "procedure_datetime"]);
                let end = rows.first_date(row, name, &["procedure_end_date", "procedure_end_datetime"]);
                fact.period = Period { start, end: end.or(start) };
                fact.status = RecordedStatus::Ended;
                read_words(&mut fact, &coded, rows.terminology);
                Ok(fact)
            },
        )
    }

    pub fn devices(&mut self, table: &Table) -> Result<(), OmopError> {
        self.each(table, &["person_id", "device_concept_id"], "device_exposure_id", "device", |rows, row, id, coded| {
            let name = "device_exposure";
            let mut fact = fact(FactKind::Condition, name, id, &coded, rows.terminology);
            let start = rows.date(row, name, "device_exposure_start_date");
            let end = rows.date(row, name, "device_exposure_end_date");
            fact.period = Period { start, end };
            fact.status = if end.is_some() { RecordedStatus::Ended } else { RecordedStatus::Unstated };
            Ok(fact)
        })
    }

    pub fn visits(&mut self, table: &Table) -> Result<(), OmopError> {
        for row in table.rows(&["person_id", "visit_concept_id"])? {
            let person = key(row.get("person_id"));
            if !self.people.contains_key(&person) {
                continue;
            }
            let id = match row.get("visit_occurrence_id") {
                "" => format!("row-{}", row.number),
                id => id.to_owned(),
            };
            let visit = row.get("visit_concept_id");
            let is_stay = concept::STAYS.contains(&visit);
            let read = if is_stay || visit == concept::EMERGENCY {
                let text = if is_stay { "hospital admission" } else { "emergency visit" };
                let coded = Coded::of_text(text);
                let mut fact = fact(FactKind::Procedure, "visit_occurrence", &id, &coded, self.terminology);
                fact.concepts.retain(|id| id.as_str() == "procedure:hospitalization");
                let start = self.first_date(&row, "visit_occurrence", &["visit_start_date", "visit_start_datetime"]);
                let end = self.first_date(&row, "visit_occurrence", &["visit_end_date", "visit_end_datetime"]);
                fact.period = Period { start, end };
                fact.status = if end.is_some() { RecordedStatus::Ended } else { RecordedStatus::Unstated };
                Ok(fact)
            } else {
                Err("a visit, which no criterion asks about")
            };
            let Some(person) = self.people.get_mut(&person) else { continue };
            match read {
                Ok(fact) => {
                    *person.report.used.entry("visit_occurrence".to_owned()).or_default() += 1;
                    person.facts.facts.push(fact);
                }
                Err(reason) => {
                    let reference = format!("visit_occurrence/{id}");
                    person.report.left.push(Left { reference, reason: reason.to_owned() });
                }
            }
        }
        Ok(())
    }
}
