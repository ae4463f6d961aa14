//! Many patients' records: a folder, a file of bundles one a line, or a bulk export; one record at a time.
//!
//! ```text
//! x.json, x.json.gz            -> one record
//! x.ndjson of Bundles (.gz)    -> one record a line
//! *.ndjson of other resources  -> bulk export: the lines of one patient, from all such files, are one record
//! ```

use crate::input;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// No record above this is read.
const LIMIT_BYTES: u64 = 64 << 20;

/// One record, or why it cannot be had.
pub struct Record {
    /// File, and place in it.
    pub place: String,
    /// What to call the patient where the record gives no id.
    pub name: String,
    /// Its bytes.
    pub bytes: Result<Vec<u8>, String>,
}

/// All records that a path names, in order of names and lines.
///
/// **Errors**: bad input, where there is nothing at the path, or nothing to read in it.
pub fn records(path: &str) -> anyhow::Result<Box<dyn Iterator<Item = Record>>> {
    if path == "-" {
        let reader: Box<dyn BufRead> = Box::new(BufReader::new(std::io::stdin()));
        return Ok(Box::new(Lines {
            place: "-".to_owned(),
            name: "line".to_owned(),
            reader,
            n_line: 0,
            is_over: false,
        }));
    }
    let metadata = std::fs::metadata(path)
        .map_err(|error| input::bad(path, format!("cannot be opened ({error}); check the path")))?;
    let mut files = Vec::new();
    if metadata.is_dir() {
        walk(Path::new(path), &mut files);
        if files.is_empty() {
            return Err(input::bad(path, "holds no .json or .ndjson file; give a folder of FHIR R4 bundles"));
        }
    } else {
        files.push(PathBuf::from(path));
    }
    let (bulk, others): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|file| is_bulk(file));
    let bulk = Bulk::read(bulk)?;
    Ok(Box::new(others.into_iter().flat_map(of_file).chain(bulk)))
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        // Links are not followed, so that none leads out of the folder or round in it.
        if kind.is_dir() {
            walk(&path, out);
        } else if kind.is_file() && (is_lines(&path) || ending(&path) == "json") {
            out.push(path);
        }
    }
}

/// The ending of a name before `.gz`, in small letters.
fn ending(path: &Path) -> String {
    let packed = path.extension().is_some_and(|known| known.eq_ignore_ascii_case("gz"));
    let stem = if packed { path.with_extension("") } else { path.to_path_buf() };
    stem.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase()
}

fn is_lines(path: &Path) -> bool {
    matches!(ending(path).as_str(), "ndjson" | "jsonl")
}

fn open(path: &Path) -> std::io::Result<Box<dyn BufRead>> {
    let mut reader = BufReader::new(File::open(path)?);
    Ok(if reader.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::new(MultiGzDecoder::new(reader)))
    } else {
        Box::new(reader)
    })
}

/// What is looked at of a line to tell whose it is.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Head {
    resource_type: String,
    id: String,
    subject: Option<Reference>,
    patient: Option<Reference>,
    individual: Option<Reference>,
    beneficiary: Option<Reference>,
    medication_reference: Option<Reference>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Reference {
    reference: String,
}

impl Reference {
    /// The id at the end of `Patient/1`, `https://host/Patient/1` or `urn:uuid:1`.
    fn id(&self) -> &str {
        self.reference.rsplit(['/', ':']).next().unwrap_or_default()
    }
}

/// Whether a file of lines has resources of many patients, not a bundle a line.
fn is_bulk(path: &Path) -> bool {
    if !is_lines(path) {
        return false;
    }
    let Ok(mut reader) = open(path) else { return false };
    let Ok(Some(Ok(first))) = line(reader.as_mut()) else { return false };
    serde_json::from_slice::<Head>(&first).is_ok_and(|head| !matches!(head.resource_type.as_str(), "" | "Bundle"))
}

fn of_file(path: PathBuf) -> Box<dyn Iterator<Item = Record>> {
    let place = path.display().to_string();
    let name = input::name(&place);
    let failed = |reason: String| -> Box<dyn Iterator<Item = Record>> {
        Box::new(std::iter::once(Record { place: place.clone(), name: name.clone(), bytes: Err(reason) }))
    };
    if !is_lines(&path) {
        // One record, unless its first line is one by itself.
        let first = open(&path).ok().and_then(|mut reader| line(reader.as_mut()).ok().flatten()?.ok());
        let is_whole = first.is_some_and(|first| {
            serde_json::from_slice::<Head>(&first).is_ok_and(|head| head.resource_type == "Bundle")
        });
        if !is_whole {
            return Box::new(std::iter::once(Record {
                bytes: input::read(&place).map_err(|error| error.to_string().replacen(&format!("{place}: "), "", 1)),
                place,
                name,
            }));
        }
    }
    match open(&path) {
        Ok(reader) => Box::new(Lines { place, name, reader, n_line: 0, is_over: false }),
        Err(error) => failed(format!("cannot be opened ({error}); check its permissions")),
    }
}

/// A line, at most [`LIMIT_BYTES`] of it.
fn line(reader: &mut dyn BufRead) -> std::io::Result<Option<Result<Vec<u8>, String>>> {
    let mut out = Vec::new();
    if reader.take(LIMIT_BYTES + 1).read_until(b'\n', &mut out)? == 0 {
        return Ok(None);
    }
    if out.len() as u64 <= LIMIT_BYTES || out.ends_with(b"\n") {
        return Ok(Some(Ok(out)));
    }
    reader.skip_until(b'\n')?;
    Ok(Some(Err("the record is larger than 64 MiB, more than is read of one; split it".to_owned())))
}

/// Bundles, one a line.
struct Lines {
    place: String,
    name: String,
    reader: Box<dyn BufRead>,
    n_line: usize,
    is_over: bool,
}

impl Iterator for Lines {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.is_over {
            return None;
        }
        loop {
            self.n_line += 1;
            let (place, name) =
                (format!("{}, line {}", self.place, self.n_line), format!("{}-{}", self.name, self.n_line));
            match line(self.reader.as_mut()) {
                Ok(None) => return None,
                Ok(Some(Ok(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(bytes)) => return Some(Record { place, name, bytes }),
                Err(error) => {
                    let reason = format!("cannot be read ({error}); it may be cut off, fetch it again");
                    self.is_over = true;
                    return Some(Record { place, name, bytes: Err(reason) });
                }
            }
        }
    }
}

/// Where a line is: file, first byte, number of bytes.
type Place = (usize, u64, u64);

/// A bulk export: only the places of lines are kept.
struct Bulk {
    files: Vec<PathBuf>,
    patients: std::collections::btree_map::IntoIter<String, Vec<Place>>,
    /// Medicines that are resources by themselves, and who needs which.
    medicines: BTreeMap<String, Place>,
    needed: BTreeMap<String, BTreeSet<String>>,
    /// Lines that cannot be read.
    broken: std::vec::IntoIter<(String, String)>,
}

impl Bulk {
    fn read(files: Vec<PathBuf>) -> anyhow::Result<Self> {
        let mut patients: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        let (mut medicines, mut needed) = (BTreeMap::new(), BTreeMap::<String, BTreeSet<String>>::new());
        let mut broken = Vec::new();
        for (number, path) in files.iter().enumerate() {
            let shown = path.display().to_string();
            if path.extension().is_some_and(|known| known.eq_ignore_ascii_case("gz")) {
                return Err(input::bad(
                    &shown,
                    "is a packed bulk export, in which lines cannot be looked up; unpack it",
                ));
            }
            let mut reader = open(path).map_err(|error| input::bad(&shown, format!("cannot be opened ({error})")))?;
            let (mut at, mut n_line) = (0_u64, 0_usize);
            while let Some(line) = line(reader.as_mut()).map_err(|error| input::bad(&shown, error))? {
                n_line += 1;
                let place = format!("{shown}, line {n_line}");
                let bytes = match line {
                    Ok(bytes) => bytes,
                    // Where the next line begins is not known after it.
                    Err(reason) => {
                        broken.push((place, reason));
                        break;
                    }
                };
                let n = bytes.len() as u64;
                let here = (number, at, n);
                at += n;
                if bytes.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                let head: Head = match serde_json::from_slice(&bytes) {
                    Ok(head) => head,
                    Err(error) => {
                        broken.push((
                            place,
                            format!("is not JSON at column {}; mend or remove the line", error.column()),
                        ));
                        continue;
                    }
                };
                let whose = [&head.subject, &head.patient, &head.individual, &head.beneficiary];
                let whose = match head.resource_type.as_str() {
                    "Patient" => Some(head.id.as_str()),
                    _ => whose.into_iter().flatten().map(Reference::id).find(|id| !id.is_empty()),
                };
                match whose {
                    Some(id) => {
                        patients.entry(id.to_owned()).or_default().push(here);
                        if let Some(medicine) = &head.medication_reference {
                            needed.entry(id.to_owned()).or_default().insert(medicine.id().to_owned());
                        }
                    }
                    None if head.resource_type == "Medication" => {
                        medicines.insert(head.id, here);
                    }
                    // Organisations, practitioners, places: of nobody.
                    None => {}
                }
            }
        }
        Ok(Self { files, patients: patients.into_iter(), medicines, needed, broken: broken.into_iter() })
    }

    fn gathered(&self, id: &str, places: &[Place]) -> std::io::Result<Vec<u8>> {
        let medicines = self.needed.get(id).into_iter().flatten().filter_map(|medicine| self.medicines.get(medicine));
        let mut out = Vec::new();
        let mut open: Option<(usize, File)> = None;
        for (number, at, n) in places.iter().chain(medicines) {
            if open.as_ref().is_none_or(|(known, _)| known != number) {
                let path = self.files.get(*number).ok_or(std::io::ErrorKind::NotFound)?;
                open = Some((*number, File::open(path)?));
            }
            if let Some((_, file)) = &mut open {
                file.seek(SeekFrom::Start(*at))?;
                file.take(*n).read_to_end(&mut out)?;
                if !out.ends_with(b"\n") {
                    out.push(b'\n');
                }
            }
        }
        Ok(out)
    }
}

impl Iterator for Bulk {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if let Some((place, reason)) = self.broken.next() {
            return Some(Record { name: place.clone(), place, bytes: Err(reason) });
        }
        let (id, places) = self.patients.next()?;
        let bytes =
            self.gathered(&id, &places).map_err(|error| format!("cannot be read ({error}); keep the files in place"));
        Some(Record { place: format!("bulk export, patient {id}"), name: id, bytes })
    }
}
