//! How records are kept in few bytes: whole ones with a dictionary of the registry's shape, old ones as differences.
//!
//! The dictionary is part of the store's form. It is never changed: another one gets another name beside it.

use flate2::read::GzDecoder;
use std::io::Read;
use std::sync::OnceLock;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Keys in the order of API v2, its word lists, and words that most records have.
const DICTIONARY: &[u8] = include_bytes!("../data/record-1.dict");

/// Effort for records that are kept whole: beyond it, time grows faster than the saving.
const LEVEL: i32 = 3;

/// No record unpacks to more than this; what says so is damaged.
const MOST_BYTES: usize = 128 << 20;

/// A record kept whole.
pub(crate) const WHOLE: &str = "zstd-1";

/// A record kept as its difference from the version after it.
pub(crate) const DELTA: &str = "delta";

/// Packs records; made once for many.
pub(crate) struct Packer {
    compressor: Compressor<'static>,
}

impl Packer {
    /// A packer.
    pub(crate) fn new() -> std::io::Result<Self> {
        static PREPARED: OnceLock<EncoderDictionary<'static>> = OnceLock::new();
        let dictionary = PREPARED.get_or_init(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
        let mut compressor = Compressor::with_prepared_dictionary(dictionary)?;
        compressor.include_checksum(true)?;
        Ok(Self { compressor })
    }

    /// A record, whole.
    pub(crate) fn pack(&mut self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        self.compressor.compress(bytes)
    }
}

/// A record as its difference from the version after it.
pub(crate) fn difference(older: &[u8], newer: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressor = Compressor::with_dictionary(LEVEL, newer)?;
    compressor.include_checksum(true)?;
    compressor.compress(older)
}

/// What was packed, or none where it is damaged. `newer` is the version after it, which a difference needs.
pub(crate) fn unpack(codec: &str, body: &[u8], newer: Option<&[u8]>) -> Option<Vec<u8>> {
    // Every frame of ours says how much it holds.
    let room = || {
        let n_bytes = zstd::zstd_safe::get_frame_content_size(body).ok().flatten()?;
        usize::try_from(n_bytes).ok().filter(|n| *n <= MOST_BYTES)
    };
    match codec {
        WHOLE => {
            static PREPARED: OnceLock<DecoderDictionary<'static>> = OnceLock::new();
            let dictionary = PREPARED.get_or_init(|| DecoderDictionary::copy(DICTIONARY));
            Decompressor::with_prepared_dictionary(dictionary).ok()?.decompress(body, room()?).ok()
        }
        DELTA => Decompressor::with_dictionary(newer?).ok()?.decompress(body, room()?).ok(),
        _ => {
            let mut out = Vec::with_capacity(body.len() * 4);
            GzDecoder::new(body).take(MOST_BYTES as u64).read_to_end(&mut out).ok()?;
            Some(out)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_what_is_damaged_does_not() {
        let record = "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT91000001\"}}}".repeat(40);
        let packed = Packer::new().unwrap().pack(record.as_bytes()).unwrap();
        assert_eq!(unpack(WHOLE, &packed, None).unwrap(), record.as_bytes());
        for at in 0..packed.len() {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x41;
            assert_ne!(unpack(WHOLE, &damaged, None).as_deref(), Some("other".as_bytes()));
            assert!(unpack(WHOLE, &damaged, None).is_none_or(|read| read == record.as_bytes()), "byte {at}");
        }
        assert_eq!(unpack(WHOLE, &packed[..packed.len() / 2], None), None);
    }

    #[test]
    fn a_version_is_a_small_difference_from_the_next() {
        // Text that does not repeat itself, so that only the other version can make it small.
        let mut word = 1_u64;
        let newer: String = (0..3_000)
            .map(|_| {
                word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                format!("{:x} ", word >> 40)
            })
            .collect();
        let older = newer.replacen("a", "something else", 1);
        let delta = difference(older.as_bytes(), newer.as_bytes()).unwrap();
        assert!(delta.len() < 200, "{} bytes", delta.len());
        assert_eq!(unpack(DELTA, &delta, Some(newer.as_bytes())).unwrap(), older.as_bytes());
        assert_eq!(unpack(DELTA, &delta, Some(older.as_bytes())), None);
        assert_eq!(unpack(DELTA, &delta, None), None);
    }
}
