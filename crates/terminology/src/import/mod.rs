//! A user's own vocabulary files to statements, one row or record at a time.
//!
//! ```text
//! BufRead -> read(format) -> Step { Statements | Passed(why) | Refused(line, why) }, until the end or an ImportError
//! ```
//!
//! Nothing is kept here but what a format's own hierarchy needs. A row that is not as its format says is refused with its
//! line; a file that is another format is an error at its first line.
//!
//! Reading order: [`guess`], [`read`], then a format.

mod icd10cm;
mod lines;
mod loinc;
mod mesh;
mod omop;
mod rxnorm;
mod snomed;
mod xml;

use crate::concept::Domain;
use std::fmt;
use std::io::BufRead;

/// A form that vocabularies are given out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VocabularyFormat {
    /// ICD-10-CM: the order file, or the tabular list as XML.
    Icd10cm,
    /// MeSH: the descriptors as XML, or lines of tree number and name.
    Mesh,
    /// RxNorm: `RXNCONSO.RRF`, and `RXNREL.RRF` with it.
    Rxnorm,
    /// LOINC: `Loinc.csv`.
    Loinc,
    /// SNOMED CT, release format 2: snapshots of descriptions and of relationships.
    SnomedRf2,
    /// OMOP: `CONCEPT.csv` of the Athena download.
    Omop,
}

impl VocabularyFormat {
    /// Every format.
    pub const ALL: [VocabularyFormat; 6] = [
        VocabularyFormat::Icd10cm,
        VocabularyFormat::Mesh,
        VocabularyFormat::Rxnorm,
        VocabularyFormat::Loinc,
        VocabularyFormat::SnomedRf2,
        VocabularyFormat::Omop,
    ];

    /// Its word on the command line; also the name of its layer.
    pub fn as_str(self) -> &'static str {
        match self {
            VocabularyFormat::Icd10cm => "icd10cm",
            VocabularyFormat::Mesh => "mesh",
            VocabularyFormat::Rxnorm => "rxnorm",
            VocabularyFormat::Loinc => "loinc",
            VocabularyFormat::SnomedRf2 => "snomed-rf2",
            VocabularyFormat::Omop => "omop",
        }
    }

    /// What its terms allow, in one line.
    pub fn licence(self) -> &'static str {
        match self {
            VocabularyFormat::Icd10cm => "U.S. government, public domain",
            VocabularyFormat::Mesh => "U.S. National Library of Medicine; free, name the source and its version",
            VocabularyFormat::Rxnorm => {
                "U.S. National Library of Medicine; SAB=RXNORM is free, other sources need a UMLS licence"
            }
            VocabularyFormat::Loinc => "LOINC licence, copyright Regenstrief Institute; free, keep the notice",
            VocabularyFormat::SnomedRf2 => "SNOMED CT; under your own affiliate licence, not to be passed on",
            VocabularyFormat::Omop => "under the licences of the vocabularies inside, not to be passed on",
        }
    }
}

/// One thing that a file says.
///
/// **Shape**: `code` is `system:code`, the system a short name as in the tables (`snomed:64859006`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// There is such a code, and this is the name that stands for it.
    Code {
        /// The code.
        code: String,
        /// What kind of thing it names.
        domain: Domain,
        /// Its name.
        name: String,
    },
    /// Another name of a code.
    Name {
        /// The code.
        code: String,
        /// The name.
        name: String,
    },
    /// A code is one of a kind of another.
    IsA {
        /// The special one.
        code: String,
        /// The general one.
        parent: String,
    },
    /// A code measures the same as all others of its group.
    Alike {
        /// The code.
        code: String,
        /// The group's name.
        group: String,
    },
}

/// What reading on gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// What a row or record says.
    Statements(Vec<Statement>),
    /// A row that is in order and not for us, and why.
    Passed(&'static str),
    /// A row that is not as its format says.
    Refused {
        /// Its line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

/// Why a file cannot be read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// Where, from 1; 0 for the file as a whole.
    pub line: u64,
    /// What is wrong and how to mend it.
    pub reason: String,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for ImportError {}

/// The steps of a file.
pub type Steps = Box<dyn Iterator<Item = Result<Step, ImportError>>>;

/// What a user says of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// A licence for sources that are not free is there.
    pub is_licensed: bool,
}

/// The format of a file, by its first bytes.
///
/// **Unknown**: `None` where they are those of no format.
pub fn guess(head: &[u8]) -> Option<VocabularyFormat> {
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}');
    let first = head.lines().next().unwrap_or_default();
    if head.trim_start().starts_with('<') {
        return if head.contains("<ICD10CM") {
            Some(VocabularyFormat::Icd10cm)
        } else if head.contains("<DescriptorRecord") {
            Some(VocabularyFormat::Mesh)
        } else {
            None
        };
    }
    [
        (VocabularyFormat::Omop, omop::is_header(first)),
        (VocabularyFormat::Loinc, loinc::is_header(first)),
        (VocabularyFormat::SnomedRf2, snomed::is_header(first)),
        (VocabularyFormat::Rxnorm, rxnorm::is_row(first)),
        (VocabularyFormat::Icd10cm, icd10cm::is_row(first)),
        (VocabularyFormat::Mesh, mesh::is_row(first)),
    ]
    .into_iter()
    .find_map(|(format, is_it)| is_it.then_some(format))
}

/// Reads a file of a format.
///
/// **Errors**: at the first step for a file of another format; at a later one for a file that breaks off.
pub fn read(format: VocabularyFormat, mut reader: Box<dyn BufRead>, permission: Permission) -> Steps {
    let is_xml = match reader.fill_buf() {
        Ok(head) => {
            head.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF)) == Some(&b'<')
        }
        Err(error) => return broken(0, format!("cannot be read ({error}); it may be cut off, fetch it again")),
    };
    match (format, is_xml) {
        (VocabularyFormat::Icd10cm, true) => icd10cm::tabular(reader),
        (VocabularyFormat::Mesh, true) => mesh::descriptors(reader),
        (_, true) => broken(1, format!("this is XML, and {} is given out as lines; check --format", format.as_str())),
        (VocabularyFormat::Icd10cm, false) => icd10cm::order(reader),
        (VocabularyFormat::Mesh, false) => mesh::tree(reader),
        (VocabularyFormat::Rxnorm, false) => rxnorm::conso(reader, permission),
        (VocabularyFormat::Loinc, false) => loinc::table(reader),
        (VocabularyFormat::SnomedRf2, false) => snomed::snapshot(reader),
        (VocabularyFormat::Omop, false) => omop::concepts(reader),
    }
}

fn broken(line: u64, reason: String) -> Steps {
    Box::new(std::iter::once(Err(ImportError { line, reason })))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Statements, reasons passed, lines refused, and how it ended.
    pub(crate) fn all(
        format: VocabularyFormat,
        text: &str,
    ) -> (Vec<Statement>, Vec<&'static str>, Vec<u64>, Option<ImportError>) {
        let (mut statements, mut passed, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        let reader = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        for step in read(format, reader, Permission::default()) {
            match step {
                Ok(Step::Statements(more)) => statements.extend(more),
                Ok(Step::Passed(why)) => passed.push(why),
                Ok(Step::Refused { line, .. }) => refused.push(line),
                Err(error) => return (statements, passed, refused, Some(error)),
            }
        }
        (statements, passed, refused, None)
    }

    pub(crate) fn code(code: &str, domain: Domain, name: &str) -> Statement {
        Statement::Code { code: code.to_owned(), domain, name: name.to_owned() }
    }

    pub(crate) fn is_a(code: &str, parent: &str) -> Statement {
        Statement::IsA { code: code.to_owned(), parent: parent.to_owned() }
    }

    #[test]
    fn the_first_line_tells_the_format() {
        for (head, want) in [
            (
                "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code",
                Some(VocabularyFormat::Omop),
            ),
            ("\"LOINC_NUM\",\"COMPONENT\",\"PROPERTY\"", Some(VocabularyFormat::Loinc)),
            ("id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode", Some(VocabularyFormat::SnomedRf2)),
            ("161|ENG|P|L|PF|S|Y|A||161||RXNORM|IN|161|acetaminophen||N|4096|", Some(VocabularyFormat::Rxnorm)),
            ("00001 A00     0 Cholera   ", Some(VocabularyFormat::Icd10cm)),
            ("<?xml version=\"1.0\"?>\n<ICD10CM.tabular>", Some(VocabularyFormat::Icd10cm)),
            ("<?xml version=\"1.0\"?>\n<DescriptorRecordSet>", Some(VocabularyFormat::Mesh)),
            ("161||CUI|RO|198440||CUI|has_ingredient|1||RXNORM|RXNORM||||4096|", Some(VocabularyFormat::Rxnorm)),
            ("C04\tNeoplasms", Some(VocabularyFormat::Mesh)),
            ("Neoplasms;C04", Some(VocabularyFormat::Mesh)),
            ("<html>", None),
            ("{\"resourceType\": \"Bundle\"}", None),
            ("", None),
        ] {
            assert_eq!(guess(head.as_bytes()), want, "{head}");
        }
    }

    #[test]
    fn no_format_panics_or_takes_another_for_its_own() {
        let texts = [
            "",
            "\n\n",
            "a\tb\tc\n",
            "<a><b></a>",
            "x|y\n",
            "\u{feff}",
            "\"",
            "C04\n",
            "00001\n",
            "<ICD10CM.tabular><diag>",
        ];
        for format in VocabularyFormat::ALL {
            for text in texts {
                let (statements, ..) = all(format, text);
                assert!(statements.is_empty(), "{} of {text:?}", format.as_str());
            }
        }
    }
}
