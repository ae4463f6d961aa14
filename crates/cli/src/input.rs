//! Files as the contract takes them: plain or gzipped, `-` for standard input, at most 64 MiB.

use flate2::read::MultiGzDecoder;
use std::fmt;
use std::fs::File;
use std::io::{Cursor, Read, Write};
use trialway_diagnostics::Parsed;
use trialway_study::Study;

/// No record above this is read.
const LIMIT_BYTES: u64 = 64 << 20;

/// Input that cannot be used: exit status 2.
#[derive(Debug)]
pub struct BadInput(pub String);

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadInput {}

/// An error about a file: its name, what is wrong, how to mend it.
pub fn bad(file: &str, what: impl fmt::Display) -> anyhow::Error {
    anyhow::Error::new(BadInput(format!("{file}: {what}")))
}

/// Prints to a file that is named, else to `out`.
///
/// **Errors**: those of `print`, and a file that cannot be written.
pub fn print(
    file: Option<&str>,
    out: &mut dyn Write,
    print: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Some(file) = file else { return print(out) };
    let mut content = Vec::new();
    print(&mut content)?;
    std::fs::write(file, content).map_err(|error| bad(file, format!("cannot be written ({error}); check the path")))
}

/// The bytes of a file, unpacked.
pub fn read(file: &str) -> anyhow::Result<Vec<u8>> {
    let mut raw: Box<dyn Read> = if file == "-" {
        Box::new(std::io::stdin())
    } else {
        let opened =
            File::open(file).map_err(|error| bad(file, format!("cannot be opened ({error}); check the path")))?;
        Box::new(opened)
    };
    let mut head = [0_u8; 2];
    let mut n = 0;
    while let Some(rest) = head.get_mut(n..).filter(|rest| !rest.is_empty()) {
        let got = raw.read(rest).map_err(|error| bad(file, format!("cannot be read ({error})")))?;
        if got == 0 {
            break;
        }
        n += got;
    }
    let start = Cursor::new(head.get(..n).unwrap_or_default().to_vec());
    let whole = start.chain(raw);
    let mut source: Box<dyn Read> =
        if head == [0x1f, 0x8b] { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) };
    let mut bytes = Vec::new();
    source
        .by_ref()
        .take(LIMIT_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| bad(file, format!("cannot be read ({error})")))?;
    if bytes.len() as u64 > LIMIT_BYTES {
        return Err(bad(file, "is larger than 64 MiB, more than is read of one record; split it"));
    }
    Ok(bytes)
}

/// What a file that should hold criteria holds.
pub enum Document {
    /// A study record with its findings.
    Study(Box<Parsed<Study>>),
    /// Plain eligibility text.
    Text(String),
}

/// A study record or plain eligibility text, by its first byte.
pub fn document(file: &str) -> anyhow::Result<Document> {
    document_of(file, read(file)?)
}

/// The same of bytes that were read already.
pub fn document_of(file: &str, bytes: Vec<u8>) -> anyhow::Result<Document> {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF)) {
        None => Err(bad(file, "is empty; give a study record or eligibility text")),
        Some(b'{' | b'[' | b'<') => {
            let parsed = trialway_registry::parse_study(&bytes).map_err(|error| bad(file, error))?;
            Ok(Document::Study(Box::new(parsed)))
        }
        Some(_) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Document::Text(text)),
            Err(error) => Err(bad(
                file,
                format!("byte {} is not UTF-8; save the file as UTF-8", error.utf8_error().valid_up_to()),
            )),
        },
    }
}

/// The file's name without its path and endings.
pub fn name(file: &str) -> String {
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    base.strip_suffix(".gz").unwrap_or(base).rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned()
}
