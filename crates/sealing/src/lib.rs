//! Files encrypted with a key or a passphrase, in pieces, so that no size is too large for memory.
//!
//! ```text
//! "trialway-sealed-1\n" | kind (k, p) | salt (16) | nonce (7) | pieces of 64 KiB, each with 16 bytes of proof
//! ```
//!
//! **Source**: ChaCha20-Poly1305 (RFC 8439) in the STREAM construction: the nonce of a piece is the file's nonce, the number of the
//! piece and whether it is the last, so that pieces cannot be changed, swapped, left out or cut off. The head is bound to each piece.
//! A passphrase becomes a key by Argon2id (RFC 9106: 64 MiB, three passes). Secrets of a few bytes are sealed by [`small`].

pub mod small;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use std::io::{self, Read, Write};
use thiserror::Error;

const MAGIC: &[u8; 18] = b"trialway-sealed-1\n";
const SALT: usize = 16;
const NONCE: usize = 7;
const HEAD: usize = MAGIC.len() + 1 + SALT + NONCE;
const PIECE: usize = 64 << 10;
const PROOF: usize = 16;
/// What a key's file begins with.
const KEY_HEAD: &str = "trialway-key-1 ";
/// Shortest passphrase, in characters.
pub const SHORTEST_PASSPHRASE: usize = 12;
/// Random bytes that [`seal`] wants.
pub const RANDOM_BYTES: usize = SALT + NONCE;

/// Why a file cannot be sealed or opened.
#[derive(Debug, Error)]
pub enum SealError {
    /// It was not sealed by [`seal`].
    #[error("is not an encrypted backup of this program")]
    NotSealed,
    /// A key was given where a passphrase is wanted, or the other way round.
    #[error("was encrypted with {0}; give that")]
    OtherMeans(&'static str),
    /// The first piece does not open.
    #[error("is not opened by this key or passphrase")]
    WrongKey,
    /// A later piece does not open, or the end is missing.
    #[error("was damaged or cut off after it was written; use another copy")]
    Damaged,
    /// The key's file or the passphrase is none.
    #[error("{0}")]
    BadKey(&'static str),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What opens a file.
pub enum Means {
    /// 32 random bytes.
    Key([u8; 32]),
    /// Words that a person knows.
    Passphrase(String),
}

impl Means {
    /// The key that a key's file holds.
    ///
    /// **Errors**: [`SealError::BadKey`] for any other text.
    pub fn of_key_file(text: &str) -> Result<Self, SealError> {
        let key = key_of_file(text).map(Self::Key);
        key.ok_or(SealError::BadKey("holds no key; make one with `trialway backup-key FILE`"))
    }

    /// The passphrase that a file holds on its first line.
    ///
    /// **Errors**: [`SealError::BadKey`] where it is too short.
    pub fn of_passphrase_file(text: &str) -> Result<Self, SealError> {
        let words = text.lines().next().unwrap_or_default().trim();
        if words.chars().count() < SHORTEST_PASSPHRASE {
            return Err(SealError::BadKey("holds no passphrase of at least 12 characters on its first line"));
        }
        Ok(Self::Passphrase(words.to_owned()))
    }

    fn kind(&self) -> u8 {
        match self {
            Self::Key(_) => b'k',
            Self::Passphrase(_) => b'p',
        }
    }

    fn key(&self, salt: &[u8]) -> Result<LessSafeKey, SealError> {
        let mut bytes = [0_u8; 32];
        match self {
            Self::Key(key) => bytes = *key,
            Self::Passphrase(words) => {
                let params = Params::new(64 * 1024, 3, 1, Some(32));
                params
                    .and_then(|params| {
                        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                            words.as_bytes(),
                            salt,
                            &mut bytes,
                        )
                    })
                    .map_err(|_| SealError::BadKey("cannot be made into a key"))?;
            }
        }
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes);
        key.map(LessSafeKey::new).map_err(|_| SealError::BadKey("cannot be made into a key"))
    }
}

/// The text of a key's file.
pub fn key_file(random: [u8; 32]) -> String {
    format!("{KEY_HEAD}{}\n", STANDARD.encode(random))
}

/// The 32 bytes of a key's file.
///
/// **Unknown**: `None` for any other text.
pub fn key_of_file(text: &str) -> Option<[u8; 32]> {
    let bytes = text.trim().strip_prefix(KEY_HEAD).and_then(|rest| STANDARD.decode(rest.trim()).ok())?;
    bytes.try_into().ok()
}

/// Whether a file begins as a sealed one does.
pub fn is_sealed(beginning: &[u8]) -> bool {
    beginning.starts_with(MAGIC)
}

fn nonce(file: &[u8], piece: u32, is_last: bool) -> Nonce {
    let mut out = [0_u8; 12];
    let parts = file.iter().copied().chain(piece.to_be_bytes()).chain([u8::from(is_last)]);
    for (place, byte) in out.iter_mut().zip(parts) {
        *place = byte;
    }
    Nonce::assume_unique_for_key(out)
}

/// Fills a piece as far as there is something to read.
fn fill(from: &mut dyn Read, room: usize) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(room);
    from.take(room as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

/// Encrypts all that is read. The random bytes must be new for every file.
///
/// **Errors**: [`SealError::Io`]; [`SealError::BadKey`] where no key can be made.
pub fn seal(
    from: &mut dyn Read,
    to: &mut dyn Write,
    means: &Means,
    random: [u8; RANDOM_BYTES],
) -> Result<(), SealError> {
    let mut head = MAGIC.to_vec();
    head.push(means.kind());
    head.extend(random);
    to.write_all(&head)?;
    let (salt, file_nonce) = random.split_at(SALT);
    let key = means.key(salt)?;
    let (mut piece, mut number) = (fill(from, PIECE)?, 0_u32);
    loop {
        // The next one is read first: what is last is known only then.
        let next = if piece.len() == PIECE { fill(from, PIECE)? } else { Vec::new() };
        let is_last = next.is_empty();
        key.seal_in_place_append_tag(nonce(file_nonce, number, is_last), Aad::from(&head), &mut piece)
            .map_err(|_| SealError::BadKey("cannot encrypt this"))?;
        to.write_all(&piece)?;
        if is_last {
            return Ok(());
        }
        piece = next;
        number = number.checked_add(1).ok_or(SealError::BadKey("cannot encrypt a file this large"))?;
    }
}

/// Decrypts all that is read. What was written before an error is whole as far as it goes, and must be thrown away.
///
/// **Errors**: each of [`SealError`].
pub fn open(from: &mut dyn Read, to: &mut dyn Write, means: &Means) -> Result<(), SealError> {
    let head = fill(from, HEAD)?;
    if !is_sealed(&head) || head.len() < HEAD {
        return Err(SealError::NotSealed);
    }
    let (_, rest) = head.split_at(MAGIC.len());
    let kind = rest.first().copied().unwrap_or_default();
    if kind != means.kind() {
        return Err(match kind {
            b'k' => SealError::OtherMeans("a key"),
            b'p' => SealError::OtherMeans("a passphrase"),
            _ => SealError::NotSealed,
        });
    }
    let (salt, file_nonce) = rest.get(1..).unwrap_or_default().split_at(SALT);
    let key = means.key(salt)?;
    let (mut piece, mut number) = (fill(from, PIECE + PROOF)?, 0_u32);
    loop {
        let next = if piece.len() == PIECE + PROOF { fill(from, PIECE + PROOF)? } else { Vec::new() };
        let is_last = next.is_empty();
        let plain = key
            .open_in_place(nonce(file_nonce, number, is_last), Aad::from(&head), &mut piece)
            .map_err(|_| if number == 0 { SealError::WrongKey } else { SealError::Damaged })?;
        to.write_all(plain)?;
        if is_last {
            return Ok(());
        }
        piece = next;
        number = number.checked_add(1).ok_or(SealError::Damaged)?;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn sealed(text: &[u8], means: &Means) -> Vec<u8> {
        let mut out = Vec::new();
        seal(&mut &*text, &mut out, means, [5; RANDOM_BYTES]).unwrap();
        out
    }

    fn opened(bytes: &[u8], means: &Means) -> Result<Vec<u8>, SealError> {
        let mut out = Vec::new();
        open(&mut &*bytes, &mut out, means).map(|()| out)
    }

    fn key(byte: u8) -> Means {
        Means::of_key_file(&key_file([byte; 32])).unwrap()
    }

    #[test]
    fn every_length_comes_back() {
        for n in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7] {
            let text: Vec<u8> = (0..n).map(|at| (at % 251) as u8).collect();
            let bytes = sealed(&text, &key(1));
            assert_eq!(opened(&bytes, &key(1)).unwrap(), text, "{n}");
            assert!(n < 20 || !bytes.windows(20).any(|window| window == &text[..20]));
        }
    }

    #[test]
    fn what_was_changed_swapped_or_cut_off_is_not_opened() {
        let text = vec![7; 3 * PIECE + 7];
        let whole = sealed(&text, &key(1));
        assert!(matches!(opened(&whole, &key(2)), Err(SealError::WrongKey)));
        for at in [20, HEAD - 1, HEAD, HEAD + 5] {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(opened(&changed, &key(1)).is_err(), "{at}");
        }
        let step = PIECE + PROOF;
        let mut changed = whole.clone();
        changed[HEAD + step + 3] ^= 1;
        assert!(matches!(opened(&changed, &key(1)), Err(SealError::Damaged)));
        for n in [HEAD + 2 * step, whole.len() - 1, HEAD + 3 * step] {
            assert!(matches!(opened(&whole[..n], &key(1)), Err(SealError::Damaged)), "{n}");
        }
        let (head, pieces) = whole.split_at(HEAD);
        let swapped =
            [head, &pieces[..step], &pieces[2 * step..3 * step], &pieces[step..2 * step], &pieces[3 * step..]];
        assert!(matches!(opened(&swapped.concat(), &key(1)), Err(SealError::Damaged)));
        assert!(matches!(opened(b"SQLite format 3", &key(1)), Err(SealError::NotSealed)));
        assert!(matches!(opened(&whole[..10], &key(1)), Err(SealError::NotSealed)));
    }

    #[test]
    fn a_passphrase_opens_what_it_closed() {
        let words = |text: &str| Means::of_passphrase_file(text).unwrap();
        let bytes = sealed(b"a store", &words("correct horse battery\nsecond line"));
        assert_eq!(opened(&bytes, &words("correct horse battery")).unwrap(), b"a store");
        assert!(matches!(opened(&bytes, &words("correct horse battery!")), Err(SealError::WrongKey)));
        assert!(matches!(opened(&bytes, &key(1)), Err(SealError::OtherMeans("a passphrase"))));
        assert!(Means::of_passphrase_file("short").is_err());
        assert!(Means::of_key_file("no key").is_err());
    }
}
