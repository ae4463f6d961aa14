//! Units as clinics and registries write them, turned into UCUM.
//!
//! | written | UCUM |
//! | --- | --- |
//! | `10^9/L`, `109/L`, `x10^9/L` | `10*9/L` |
//! | `K/uL` | `10*3/uL` (not kelvin) |
//! | `cells/mm3` | `/uL` |
//! | `ml/(min.1.73m2)`, `ML/min/1.73m2` | `mL/min/{1.73_m2}` |
//! | `IU/L` | `U/L` |

use rustc_hash::FxHashMap;
use std::fmt;
use std::sync::OnceLock;

/// A unit in UCUM.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(&'static str);

impl Unit {
    /// The unit with this UCUM code; none when it is in no table.
    pub fn new(ucum: &str) -> Option<Unit> {
        table().by_ucum.get_key_value(ucum).map(|(ucum, _)| Unit(ucum))
    }

    /// The unit of pure numbers.
    pub fn one() -> Unit {
        Unit("1")
    }

    /// The UCUM code.
    pub fn as_str(&self) -> &str {
        self.0
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What the table knows of a unit: dimension and factor to the dimension's base, as a fraction.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub dimension: &'static str,
    pub numerator: i128,
    pub denominator: i128,
}

pub(crate) struct Table {
    spellings: Spellings,
    pub by_ucum: FxHashMap<&'static str, Known>,
}

/// The folded spellings, character by character: a text is followed only as far as some unit goes on.
#[derive(Default)]
struct Spellings {
    edges: FxHashMap<(u32, char), u32>,
    /// For each place the unit that is spelled out there.
    ends: Vec<Option<&'static str>>,
}

impl Spellings {
    /// Where every spelling begins.
    const START: u32 = 0;

    /// Adds a spelling; the first unit of a spelling keeps it.
    fn add(&mut self, form: &str, ucum: &'static str) {
        if self.ends.is_empty() {
            self.ends.push(None);
        }
        let mut place = Self::START;
        for c in form.chars().filter_map(fold) {
            let fresh = self.ends.len() as u32;
            place = *self.edges.entry((place, c)).or_insert(fresh);
            if place == fresh {
                self.ends.push(None);
            }
        }
        if let Some(end) = self.ends.get_mut(place as usize) {
            end.get_or_insert(ucum);
        }
    }

    fn next(&self, place: u32, c: char) -> Option<u32> {
        self.edges.get(&(place, c)).copied()
    }

    fn end(&self, place: u32) -> Option<&'static str> {
        self.ends.get(place as usize).copied().flatten()
    }
}

pub(crate) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table { spellings: Spellings::default(), by_ucum: FxHashMap::default() };
        for line in include_str!("../data/units.tsv").lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(forms), Some(ucum), Some(dimension)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            let number = |cell: Option<&str>| cell.and_then(|c| c.parse::<i128>().ok());
            let (Some(numerator), Some(denominator)) = (number(cells.next()), number(cells.next())) else { continue };
            table.by_ucum.insert(ucum, Known { dimension, numerator, denominator });
            for form in forms.split('|').chain([ucum]) {
                table.spellings.add(form, ucum);
            }
        }
        table
    })
}

/// One character as compared: lower case, one micro sign, no spaces. `K`, `M` and `G` stay apart by what follows them.
fn fold(c: char) -> Option<char> {
    match c {
        ' ' | '\u{a0}' | '\u{2009}' | '\\' | '_' => None,
        'µ' | 'μ' => Some('u'),
        '⁄' | '∕' | '／' => Some('/'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁶' => Some('6'),
        '⁹' => Some('9'),
        '＊' | '×' => Some('*'),
        '（' => Some('('),
        '）' => Some(')'),
        '％' => Some('%'),
        c if c.is_ascii() => Some(c.to_ascii_lowercase()),
        c => Some(c),
    }
}

/// Reads a unit written alone.
///
/// **Unknown**: `None` when the table does not have it.
pub fn parse_unit(written: &str) -> Option<Unit> {
    let written = written.trim();
    let (consumed, unit) = scan_unit(written)?;
    let rest = written.get(consumed..)?;
    rest.trim().trim_end_matches('.').is_empty().then_some(unit)
}

/// Reads the longest unit at the start of `text`.
///
/// **Shape**: bytes consumed and the unit; leading spaces and a multiplication sign before a power of ten are passed over.
/// A unit ends where a word ends: `g` is not read from `grade`.
pub fn scan_unit(text: &str) -> Option<(usize, Unit)> {
    let spellings = &table().spellings;
    let mut place = Spellings::START;
    let mut best: Option<(usize, &'static str)> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.peek() {
        if matches!(c, ' ' | '\u{a0}' | '\u{2009}') {
            chars.next();
        } else {
            break;
        }
    }
    if let Some((at, 'x' | 'X' | '×' | '*' | '·')) = chars.peek().copied() {
        let rest = text.get(at..).unwrap_or_default().chars().skip(1).find(|c| *c != ' ');
        if rest == Some('1') {
            chars.next();
        }
    }
    while let Some((at, c)) = chars.next() {
        let folded = fold(c);
        if let Some(f) = folded {
            let Some(next) = spellings.next(place, f) else { break };
            place = next;
        }
        let end = at + c.len_utf8();
        let boundary = match chars.peek() {
            None => true,
            Some((_, next)) => {
                let inside_word = c.is_alphanumeric() && next.is_alphanumeric();
                let divides = c == '/' || *next == '/' && c != '%';
                !inside_word && !divides
            }
        };
        // A space or an escape that means nothing to the unit is not its end.
        if boundary
            && folded.is_some()
            && let Some(ucum) = spellings.end(place)
        {
            best = Some((end, ucum));
        }
    }
    let (end, ucum) = best?;
    Some((end, Unit(ucum)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_forms() {
        for (written, ucum) in [
            ("10^9/L", "10*9/L"),
            ("109/L", "10*9/L"),
            ("×109/L", "10*9/L"),
            ("x10^9/L", "10*9/L"),
            ("x 10E9/L", "10*9/L"),
            ("10⁹/L", "10*9/L"),
            ("K/uL", "10*3/uL"),
            ("10*3/uL", "10*3/uL"),
            ("/uL", "/uL"),
            ("cells/mm3", "/uL"),
            ("{cells}/uL", "/uL"),
            ("g/L", "g/L"),
            ("g/dL", "g/dL"),
            ("mg/dL", "mg/dL"),
            ("µmol/l", "umol/L"),
            ("μmol/L", "umol/L"),
            ("IU/L", "U/L"),
            ("U/L", "U/L"),
            ("IU/mL", "[IU]/mL"),
            ("mEq/L", "meq/L"),
            ("%", "%"),
            ("mmHg", "mm[Hg]"),
            ("mm Hg", "mm[Hg]"),
            ("kg/m2", "kg/m2"),
            ("ml/(min.1.73m2)", "mL/min/{1.73_m2}"),
            ("ML/min/1.73m2", "mL/min/{1.73_m2}"),
            ("mL/min/1.73 m^2", "mL/min/{1.73_m2}"),
            ("mL/min/{1.73_m2}", "mL/min/{1.73_m2}"),
            ("mL/min", "mL/min"),
            ("mg/g", "mg/g"),
            ("mg/g.cr.", "mg/g"),
            ("years", "a"),
            ("year", "a"),
            ("months", "mo"),
            ("points", "{score}"),
            ("{INR}", "{INR}"),
            ("s", "s"),
            ("{titer}", "{titer}"),
            ("{score}", "{score}"),
            ("ms", "ms"),
        ] {
            assert_eq!(parse_unit(written).as_ref().map(Unit::as_str), Some(ucum), "{written}");
        }
        for written in ["", "grade", "foo/bar", "mmol", "K"] {
            assert_eq!(parse_unit(written), None, "{written}");
        }
    }

    #[test]
    fn a_unit_ends_where_a_word_ends() {
        for (text, want) in [
            ("months of age", Some((6, "mo"))),
            ("grade 2", None),
            ("g/L;", Some((3, "g/L"))),
            (" mL/min and", Some((7, "mL/min"))),
            ("×109/L,", Some((7, "10*9/L"))),
            ("ml/(min.1.73m2) (formula", Some((15, "mL/min/{1.73_m2}"))),
            ("mg/g.cr. and", Some((8, "mg/g"))),
            ("ULN", None),
        ] {
            let got = scan_unit(text);
            assert_eq!(got.as_ref().map(|(n, unit)| (*n, unit.as_str())), want, "{text}");
        }
    }
}
