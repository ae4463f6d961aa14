//! Which comparisons measure the patient.
//!
//! | written | why it is no bound |
//! | --- | --- |
//! | `before 2015`, `22:00-6:00` | a calendar or a clock |
//! | `160/100` | two limits in one; which is whose is not read |
//! | `screen positive (X = 5 or higher)` | an equals sign tells a result or its code, not what is asked |
//! | `2+`, `groups 1+2` | a graded reaction, a list |
//! | `(0-10 scale)` | the ends of a scale |
//! | `for 6 months`, `at least 1 year since` | a lapse of time |
//! | `at least 3 teeth`, `> 4 foci`, `2-4 cycles a year` | a number of things or of times |
//! | `in at least 30% of the sites` | the share of places where something holds |
//! | `> 10 mg/day`, `dose change (> 25%)`, `more than 30% irradiation` | a treatment |
//! | `cytopenia < 50,000/µL` | a disease stands where the measure should: what is measured is not named |

use super::age::is_age;
use super::name::{Variable, is_scored, is_time};
use super::words::{clause, reach_before, reach_behind, words_in, words_of};
use crate::piece::{Piece, PieceKind};
use trialway_criteria::compare::{Comparison, Form};
use trialway_terminology::{Domain, Terminology};
use trialway_units::Decimal;

/// A comparison where it stands.
pub(super) struct Place<'a> {
    /// The criterion's own words.
    pub text: &'a str,
    /// Its pieces.
    pub pieces: &'a [Piece],
    /// The comparisons of one piece: both ends of a range.
    pub same: &'a [Comparison],
    /// The one in question.
    pub comparison: &'a Comparison,
    /// What it limits.
    pub variable: Option<&'a Variable>,
    /// What the names mean.
    pub terminology: &'a Terminology,
}

impl Place<'_> {
    fn before(&self) -> &str {
        let end = self.comparison.range.start;
        self.text.get(reach_before(self.text, end)..end).unwrap_or_default()
    }

    fn sign(&self) -> &str {
        self.text.get(self.comparison.range.start..self.comparison.value_range.start).unwrap_or_default().trim()
    }

    fn behind_value(&self) -> &str {
        self.text.get(self.comparison.value_range.end..).unwrap_or_default()
    }

    fn behind(&self) -> String {
        let start = self.comparison.range.end;
        self.text.get(start..reach_behind(self.text, start)).unwrap_or_default().trim_start().to_lowercase()
    }

    /// The first words behind it, in its clause.
    fn words_behind(&self, n: usize) -> Vec<String> {
        let end = clause(self.text, &self.comparison.range).end;
        words_in(self.text, self.comparison.range.end, end)
            .take(n)
            .map(|range| self.text.get(range).unwrap_or_default().to_lowercase())
            .collect()
    }

    fn name(&self) -> String {
        self.variable.map(|variable| variable.written(self.text)).unwrap_or_default()
    }

    fn has_concept(&self) -> bool {
        self.variable.is_some_and(|variable| variable.concept.is_some())
    }

    fn is_bare(&self) -> bool {
        self.comparison.unit.is_none() && self.comparison.relative_to.is_none() && !self.comparison.titre
    }

    fn has_unit(&self, codes: &[&str]) -> bool {
        self.comparison.unit.as_ref().is_some_and(|unit| codes.contains(&unit.as_str()))
    }

    /// The name that overlaps the variable: where it stands, and its domain.
    fn named(&self) -> Option<(usize, Domain)> {
        let range = &self.variable?.range;
        let first = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        let overlapping = self.pieces.iter().skip(first).take_while(|piece| piece.range.start < range.end);
        overlapping.filter(|piece| range.start < piece.range.end).find_map(|piece| match &piece.kind {
            PieceKind::Mention(concepts) => concepts
                .first()
                .filter(|id| self.terminology.has(id))
                .and_then(|id| id.domain())
                .map(|domain| (piece.range.len(), domain)),
            _ => None,
        })
    }

    /// What measures no patient.
    pub(super) fn is_no_measure(&self) -> bool {
        let name = self.name();
        let aged = is_age(&name);
        if self.is_calendar()
            || self.is_clock()
            || self.is_pair()
            || self.is_vague()
            || self.describes_scale()
            || (!aged && self.is_graded())
        {
            return true;
        }
        // A range beside which nothing is named, or that says what is normal.
        let explained =
            ["normal", "normal limits", "normal range", "reference range"].iter().any(|end| name.ends_with(end));
        if (name.is_empty() || explained) && self.comparison.form != Form::Simple {
            return true;
        }
        if self.is_time() {
            return !aged && !self.is_span(&name);
        }
        if self.has_concept() {
            return false;
        }
        if self.is_habit(&name) {
            return false;
        }
        if self.counts_events() || !aged && (self.is_told() || self.is_share() || self.counts_things(&name)) {
            return true;
        }
        self.is_repetition()
            || self.is_counted_alone(&name)
            || self.is_dose(&name)
            || self.limits_treatment()
            || self.limits_disease(&name)
    }

    fn is_calendar(&self) -> bool {
        let n_digits = self.comparison.value_range.len();
        let value = self.comparison.value;
        self.comparison.unit.is_none() && n_digits == 4 && value >= Decimal::from(1900) && value <= Decimal::from(2100)
    }

    fn is_clock(&self) -> bool {
        let two_digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count() == 2;
        self.same.iter().any(|one| {
            let before = self.text.get(..one.value_range.start).unwrap_or_default();
            let behind = self.text.get(one.value_range.end..).unwrap_or_default();
            let leads = before.strip_suffix(':').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
            let trails = behind.strip_prefix(':').is_some_and(two_digits);
            !one.titre && (trails || leads && one.value_range.len() == 2)
        })
    }

    /// "160/100", "2 of 6"; "4/10" is a score with the top of its scale.
    fn is_pair(&self) -> bool {
        let raw = self.behind_value().trim_start();
        let second =
            raw.strip_prefix('/').map(str::trim_start).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let out_of_many = self
            .behind()
            .strip_prefix("of ")
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        second.is_some_and(|_| !raw.starts_with("/1.73") && self.top_of_scale().is_none())
            || out_of_many
            || self.behind().starts_with("pack")
    }

    /// "> 2-3": which of the two is the limit is not said.
    fn is_vague(&self) -> bool {
        let second = self.behind_value().strip_prefix(['-', '–']);
        self.comparison.form == Form::Simple
            && !self.sign().is_empty()
            && second.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The top of the scale in "4/10".
    fn top_of_scale(&self) -> Option<Decimal> {
        let raw = self.behind_value().trim_start().strip_prefix('/')?.trim_start();
        let digits: String = raw.chars().take_while(char::is_ascii_digit).collect();
        let top: Decimal = digits.parse().ok()?;
        (matches!(digits.as_str(), "10" | "100") && self.comparison.value <= top && self.comparison.unit.is_none())
            .then_some(top)
    }

    fn is_told(&self) -> bool {
        let sign = self.sign();
        sign.starts_with('=') && !sign.starts_with("=<") && !sign.starts_with("=>")
    }

    fn is_graded(&self) -> bool {
        self.behind_value().starts_with('+')
            && self.sign().is_empty()
            && self.comparison.unit.is_none()
            && self.comparison.value <= Decimal::from(4)
    }

    fn describes_scale(&self) -> bool {
        let end = |form: Form| self.same.iter().find(|one| one.form == form).map(|one| one.value);
        let (Some(low), Some(high)) = (end(Form::RangeLow), end(Form::RangeHigh)) else { return false };
        let whole = low <= Decimal::ONE && (high == Decimal::TEN || high == Decimal::ONE_HUNDRED);
        let before = self.before().trim_end().to_lowercase();
        let led = ["(", "[", "scale", "scale of", "scale from", "ranging from", "ranges from"]
            .iter()
            .any(|word| before.ends_with(word));
        let followed = self.words_behind(3).iter().any(|word| word == "scale" || word == "point");
        whole && self.comparison.unit.is_none() && (led || followed)
    }

    fn is_time(&self) -> bool {
        !self.is_dioptres() && is_time(self.comparison)
    }

    /// "0.75 D", which is no day.
    fn is_dioptres(&self) -> bool {
        self.comparison
            .unit_range
            .clone()
            .and_then(|range| self.text.get(range))
            .is_some_and(|written| written.trim() == "D")
    }

    /// A time that measures: survival, gestation, a cycle, an interval of the heart, a timed test.
    fn is_span(&self, name: &str) -> bool {
        let lapsed = ["since ", "ago", "after ", "before "].iter().any(|word| self.behind().starts_with(word));
        if lapsed || name.starts_with("absence") || name.ends_with("lasting") {
            return false;
        }
        if self.has_concept() {
            return true;
        }
        const SPANS: [&str; 11] = [
            "expectancy",
            "survival",
            "life time",
            "gestation",
            "prognosis",
            "cycle",
            "pregnan",
            "qt",
            "doubling",
            "interval",
            "lifetime",
        ];
        let around = self.text.get(clause(self.text, &self.comparison.range)).unwrap_or_default().to_lowercase();
        SPANS.iter().any(|span| around.contains(span)) || self.has_unit(&["min", "s"]) && name.contains("test")
    }

    /// How much the patient drinks or smokes, which is asked by the day or week and still measures the patient.
    fn is_habit(&self, name: &str) -> bool {
        let taken = self.words_behind(3).iter().any(|word| {
            ["drink", "drinks", "cigarette", "cigarettes"]
                .iter()
                .any(|thing| word.split('/').any(|part| part == *thing))
        });
        taken || name.contains("alcohol") && self.has_unit(&["g", "g/d", "g/wk", "mL", "mL/d"])
    }

    /// A place or share of places: "on at least 1 site", "in more than 30%".
    fn is_share(&self) -> bool {
        let last = self.before().trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        matches!(last.to_lowercase().as_str(), "in" | "on")
            && !self.sign().is_empty()
            && (self.is_bare() || self.has_unit(&["%"]))
    }

    /// A comparison in words that counts things ("at least 10 teeth", "2 or more medicines").
    fn counts_things(&self, name: &str) -> bool {
        let in_words = self.sign().starts_with(|c: char| c.is_alphabetic());
        let suffixed = self
            .text
            .get(self.comparison.value_range.end..self.comparison.range.end)
            .is_some_and(|behind| behind.trim_start().to_lowercase().starts_with("or "));
        if !(in_words || suffixed) || !self.is_bare() || is_scored(name) {
            return false;
        }
        if self.comparison.value > Decimal::from(20) || self.comparison.value.fract() != Decimal::ZERO {
            return false;
        }
        const NO_THING: [&str; 37] = [
            "points",
            "point",
            "score",
            "scores",
            "degrees",
            "percent",
            "and",
            "or",
            "on",
            "in",
            "at",
            "of",
            "for",
            "to",
            "by",
            "with",
            "as",
            "during",
            "before",
            "after",
            "if",
            "when",
            "who",
            "per",
            "out",
            "using",
            "based",
            "according",
            "from",
            "prior",
            "will",
            "are",
            "is",
            "years",
            "within",
            "diopters",
            "dioptres",
        ];
        let behind = self.behind();
        let word: String = behind.chars().take_while(|c| c.is_alphabetic()).collect();
        word.chars().count() > 2 && !NO_THING.contains(&word.as_str())
    }

    /// Events and places of disease are counted whatever the sign: "> 4 foci", "1-3 injections".
    fn counts_events(&self) -> bool {
        const EVENTS: [&str; 30] = [
            "visits",
            "admissions",
            "hospitalizations",
            "hospitalisations",
            "treatments",
            "therapies",
            "injections",
            "infusions",
            "doses",
            "cycles",
            "courses",
            "episodes",
            "attacks",
            "exacerbations",
            "relapses",
            "seizures",
            "foci",
            "lesions",
            "nodules",
            "metastases",
            "sites",
            "teeth",
            "lines",
            "regimens",
            "surgeries",
            "operations",
            "procedures",
            "sessions",
            "pregnancies",
            "weeks",
        ];
        self.is_bare() && self.words_behind(3).iter().any(|word| EVENTS.contains(&word.as_str()))
    }

    fn is_repetition(&self) -> bool {
        let behind = self.behind();
        // "1.25 times normal upper limit"
        let multiple = behind.strip_prefix("times").is_some_and(|rest| {
            rest.split_whitespace().take(4).any(|word| matches!(word, "normal" | "upper" | "uln" | "baseline"))
        });
        !multiple
            && [
                "times",
                "time ",
                "episodes",
                "occasions",
                "visits",
                "serving",
                "per week",
                "per day",
                "a week",
                "a day",
                "/week",
                "/day",
                "sessions",
                "weeks",
                "days",
                "hours",
            ]
            .iter()
            .any(|word| behind.starts_with(word))
    }

    fn is_counted_alone(&self, name: &str) -> bool {
        let digits = self.text.get(self.comparison.value_range.clone()).unwrap_or_default();
        let spelled = digits.starts_with(|c: char| c.is_alphabetic());
        let alone = name.is_empty() || name == "n";
        spelled && !is_scored(name) || alone && self.comparison.unit.is_none() && self.comparison.relative_to.is_none()
    }

    /// A mass, or a mass a day, or a change of either.
    fn is_dose(&self, name: &str) -> bool {
        const MASSES: [&str; 4] = ["mg", "g", "ug", "mcg"];
        let behind = self.behind();
        let daily = self
            .comparison
            .unit
            .as_ref()
            .and_then(|unit| unit.as_str().split_once('/'))
            .is_some_and(|(mass, rest)| MASSES.contains(&mass) && (rest == "d" || rest.ends_with("/d")));
        let excreted = ["protein", "albumin", "excret", "urin"].iter().any(|word| name.contains(word));
        let dosed = ["dose", "equivalent", "intake", "regimen", "use"].iter().any(|word| name.contains(word));
        let mass = self.has_unit(&MASSES)
            && (dosed
                || ["daily", "/d", "per day", "a day", "once", "twice", "of "]
                    .iter()
                    .any(|word| behind.starts_with(word)));
        let changed = self.has_unit(&["%"]) && {
            let from = clause(self.text, &self.comparison.range).start;
            let led = self.text.get(reach_before(self.text, from)..from).unwrap_or_default();
            let led = led.trim_end_matches([' ', '(']);
            words_of(led, 0, led.len())
                .iter()
                .rev()
                .take(3)
                .any(|range| led.get(range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("dose")))
        };
        daily && !excreted || mass || changed
    }

    /// "more than 30% radiation": what stands behind the limit, and nothing before it, is a treatment.
    fn limits_treatment(&self) -> bool {
        let behind = self.variable.is_some_and(|variable| variable.range.start >= self.comparison.range.end);
        behind && matches!(self.named(), Some((_, Domain::Procedure | Domain::Drug)))
    }

    /// A disease has a size, a share and a severity; other limits beside its name are of a measure that is not named.
    fn limits_disease(&self, name: &str) -> bool {
        // Short capitals stand for many things.
        self.named().is_some_and(|(n_bytes, domain)| domain == Domain::Condition && n_bytes > 4)
            && !is_scored(name)
            && self.comparison.unit.is_some()
            && !self.is_dioptres()
            && !self.has_unit(&["mm", "cm", "%", "cm2", "mm2", "mL", "L"])
            && !["pain", "fever", "uria"].iter().any(|measured| name.contains(measured))
    }
}
