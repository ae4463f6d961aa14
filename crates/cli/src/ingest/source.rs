//! Where records come from: files, directories, archives; one record at a time, never more than one in memory.

use crate::input::bad;
use flate2::read::MultiGzDecoder;
use serde_json::Value;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// No record above this is read.
const LIMIT_BYTES: u64 = 64 << 20;

/// An archive's file that unpacks to more than so many times its size is no study record.
const MOST_INFLATED: u64 = 1_000;

/// Endings of names that are taken from directories and archives, before `.gz`.
const ENDINGS: [&str; 4] = ["json", "ndjson", "jsonl", "xml"];

/// A file to take records from.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
}

/// One record, or why it cannot be had.
#[derive(Clone, Debug)]
pub struct Item {
    /// File, and place in it.
    pub place: String,
    /// Its bytes.
    pub bytes: Result<Vec<u8>, String>,
}

/// Hands over the records of files, so many at a time and the rest at the end; what cannot be read is left out.
///
/// **Errors**: a path that does not exist, and those of `take`.
pub fn batches(
    paths: &[String],
    size: usize,
    mut take: impl FnMut(&[Vec<u8>]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut batch = Vec::with_capacity(size);
    for source in sources(paths)?.0 {
        for item in source.items() {
            batch.extend(item.bytes);
            if batch.len() == size {
                take(&batch)?;
                batch.clear();
            }
        }
    }
    take(&batch)
}

/// The files that paths name, directories gone through in order of names; and how many files there were passed over.
///
/// **Errors**: a path that does not exist.
pub fn sources(paths: &[String]) -> anyhow::Result<(Vec<Source>, usize)> {
    let mut out = Vec::new();
    let mut n_ignored = 0;
    for path in paths {
        let metadata = std::fs::metadata(path)
            .map_err(|error| bad(path, format!("cannot be opened ({error}); check the path")))?;
        if metadata.is_dir() {
            walk(Path::new(path), &mut out, &mut n_ignored);
        } else {
            out.push(Source { path: PathBuf::from(path) });
        }
    }
    Ok((out, n_ignored))
}

/// Files of a directory; links are not followed, so that none leads out of it or round in it.
fn walk(folder: &Path, out: &mut Vec<Source>, n_ignored: &mut usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        if kind.is_dir() {
            walk(&path, out, n_ignored);
        } else if kind.is_file() && (is_taken(&path) || has_ending(&path, "zip")) {
            out.push(Source { path });
        } else {
            *n_ignored += 1;
        }
    }
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|known| known.eq_ignore_ascii_case(ending))
}

fn plain_ending(path: &Path) -> Option<String> {
    let stem = if has_ending(path, "gz") { path.with_extension("") } else { path.to_path_buf() };
    stem.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase)
}

fn is_taken(path: &Path) -> bool {
    plain_ending(path).is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

impl Source {
    /// What to call it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Under which its progress is kept: path, size and time of change; none for what has one record.
    pub fn key(&self) -> Option<String> {
        let metadata = std::fs::metadata(&self.path).ok()?;
        let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        let path = self.path.canonicalize().ok()?;
        (metadata.len() > 1 << 20).then(|| format!("{}|{}|{changed}", path.display(), metadata.len()))
    }

    /// Its records, in order.
    pub fn items(&self) -> Box<dyn Iterator<Item = Item>> {
        let name = self.name();
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) => return failed(name, format!("cannot be opened ({error}); check its permissions")),
        };
        if has_ending(&self.path, "zip") {
            return archive(name, file);
        }
        let mut reader = BufReader::new(file);
        let packed = reader.fill_buf().is_ok_and(|head| head.starts_with(&[0x1f, 0x8b]));
        let reader: Box<dyn BufRead> =
            if packed { Box::new(BufReader::new(MultiGzDecoder::new(reader))) } else { Box::new(reader) };
        records(name, reader)
    }
}

fn failed(place: String, reason: String) -> Box<dyn Iterator<Item = Item>> {
    Box::new(std::iter::once(Item { place, bytes: Err(reason) }))
}

/// A line, at most [`LIMIT_BYTES`] of it; what is longer is read past.
fn line(reader: &mut dyn BufRead) -> std::io::Result<Option<Result<Vec<u8>, String>>> {
    let mut out = Vec::new();
    let n = reader.take(LIMIT_BYTES + 1).read_until(b'\n', &mut out)?;
    if n == 0 {
        return Ok(None);
    }
    if out.len() as u64 <= LIMIT_BYTES || out.ends_with(b"\n") {
        return Ok(Some(Ok(out)));
    }
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            break;
        }
        match available.iter().position(|byte| *byte == b'\n') {
            Some(at) => {
                reader.consume(at + 1);
                break;
            }
            None => {
                let n = available.len();
                reader.consume(n);
            }
        }
    }
    Ok(Some(Err("the record is larger than 64 MiB, more than is read of one; split it".to_owned())))
}

/// The records of a stream: one a line, or one document, or the items of a list.
fn records(name: String, mut reader: Box<dyn BufRead>) -> Box<dyn Iterator<Item = Item>> {
    let mut n_line = 0_usize;
    let first = loop {
        n_line += 1;
        match line(reader.as_mut()) {
            Ok(None) => return failed(name, "is empty; give study records".to_owned()),
            Ok(Some(Ok(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
            Ok(Some(first)) => break first,
            Err(error) => return failed(name, format!("cannot be read ({error}); it may be cut off, fetch it again")),
        }
    };
    let is_lines = match &first {
        Ok(bytes) => is_record_by_itself(bytes),
        Err(_) => true,
    };
    if is_lines {
        return Box::new(Lines { name, reader, n_line, first: Some(first), is_over: false });
    }
    let mut whole = first.unwrap_or_default();
    let room = LIMIT_BYTES + 1 - (whole.len() as u64).min(LIMIT_BYTES);
    if let Err(error) = reader.take(room).read_to_end(&mut whole) {
        return failed(name, format!("cannot be read ({error}); it may be cut off, fetch it again"));
    }
    if whole.len() as u64 > LIMIT_BYTES {
        return failed(name, "the document is larger than 64 MiB; give one study a line (NDJSON)".to_owned());
    }
    document(name, whole)
}

/// Whether a line is a study by itself, so that the file has one a line.
fn is_record_by_itself(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    bytes.starts_with(b"{")
        && bytes.ends_with(b"}")
        && serde_json::from_slice::<Value>(bytes).is_ok_and(|value| value.get("studies").is_none())
}

/// A document: the items of a list or of a page of the registry's API, or itself.
fn document(name: String, whole: Vec<u8>) -> Box<dyn Iterator<Item = Item>> {
    let items = match serde_json::from_slice::<Value>(whole.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&whole)) {
        Ok(Value::Array(items)) => Some(items),
        Ok(Value::Object(mut page)) if !page.contains_key("protocolSection") => match page.remove("studies") {
            Some(Value::Array(items)) => Some(items),
            _ => None,
        },
        _ => None,
    };
    match items {
        Some(items) => Box::new(items.into_iter().enumerate().map(move |(index, item)| Item {
            place: format!("{name}, item {}", index + 1),
            bytes: serde_json::to_vec(&item).map_err(|error| error.to_string()),
        })),
        None => Box::new(std::iter::once(Item { place: name, bytes: Ok(whole) })),
    }
}

/// One record a line.
struct Lines {
    name: String,
    reader: Box<dyn BufRead>,
    n_line: usize,
    first: Option<Result<Vec<u8>, String>>,
    is_over: bool,
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if self.is_over {
                return None;
            }
            let got = match self.first.take() {
                Some(first) => Ok(Some(first)),
                None => {
                    self.n_line += 1;
                    line(self.reader.as_mut())
                }
            };
            let place = format!("{}, line {}", self.name, self.n_line);
            match got {
                Ok(None) => return None,
                Ok(Some(Ok(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(bytes)) => return Some(Item { place, bytes }),
                Err(error) => {
                    self.is_over = true;
                    let reason = format!("the rest cannot be read ({error}); the file may be cut off, fetch it again");
                    return Some(Item { place, bytes: Err(reason) });
                }
            }
        }
    }
}

/// The records of an archive's files. Nothing is unpacked to disk.
fn archive(name: String, file: File) -> Box<dyn Iterator<Item = Item>> {
    let mut archive = match zip::ZipArchive::new(BufReader::new(file)) {
        Ok(archive) => archive,
        Err(error) => return failed(name, format!("is no zip archive that can be read ({error}); fetch it again")),
    };
    Box::new((0..archive.len()).flat_map(move |index| member(&name, &mut archive, index)))
}

fn member(name: &str, archive: &mut zip::ZipArchive<BufReader<File>>, index: usize) -> Vec<Item> {
    let mut member = match archive.by_index(index) {
        Ok(member) => member,
        Err(error) => {
            let reason = format!("cannot be unpacked ({error}); fetch the archive again");
            return vec![Item { place: format!("{name}, file {}", index + 1), bytes: Err(reason) }];
        }
    };
    if member.is_dir() {
        return Vec::new();
    }
    let named = member.name().map_or_else(|_| format!("file {}", index + 1), |name| name.escape_default().to_string());
    let place = format!("{name}, {named}");
    let refused = |reason: &str| vec![Item { place: place.clone(), bytes: Err(reason.to_owned()) }];
    let Some(path) = member.enclosed_name() else {
        return refused("its path leads out of the archive; pack the files again with plain names");
    };
    if member.is_symlink() {
        return refused("is a link; pack the file itself");
    }
    if !is_taken(&path) {
        return if has_ending(&path, "zip") {
            refused("is an archive in an archive; unpack it first")
        } else {
            Vec::new()
        };
    }
    let packed = member.compressed_size().max(1);
    // What is unpacked is counted, not what the archive says of itself.
    let most = packed.saturating_mul(MOST_INFLATED).clamp(1 << 20, LIMIT_BYTES * 16);
    let mut whole = Vec::new();
    match member.by_ref().take(most + 1).read_to_end(&mut whole) {
        Err(error) => refused(&format!("cannot be unpacked ({error}); fetch the archive again")),
        Ok(n) if n as u64 > most => {
            refused("unpacks to far more than a study record has; the archive is damaged or made to do harm")
        }
        Ok(_) => {
            let inner: Box<dyn BufRead> = if has_ending(&path, "gz") {
                Box::new(BufReader::new(MultiGzDecoder::new(std::io::Cursor::new(whole)).take(LIMIT_BYTES * 16)))
            } else {
                Box::new(std::io::Cursor::new(whole))
            };
            records(place, inner).collect()
        }
    }
}
