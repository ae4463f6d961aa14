//! Passkeys: what an authenticator answers, held against what was asked.
//!
//! **Source**: W3C Web Authentication, Level 2, sections 7.1 and 7.2. No attestation is asked for, and none is believed: who may
//! register is decided by the invitation. User verification (a finger, a face, a PIN) is demanded, since nothing else is asked.

use crate::cbor::{self, Value};
use crate::secret::{web_bytes, web_text};
use ring::signature;
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// The algorithms that are asked for, best first: ECDSA on P-256, Ed25519, RSA with SHA-256 (COSE numbers).
pub const ALGORITHMS: [i64; 3] = [-7, -8, -257];

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const HAS_CREDENTIAL: u8 = 1 << 6;
/// Longest id of a passkey that the standard allows, in bytes.
const LONGEST_ID: usize = 1023;

/// The site that a passkey is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its domain, `trials.example.org`.
    pub domain: String,
    /// Its origin, `https://trials.example.org`.
    pub origin: String,
}

impl Site {
    /// The site of an address such as `https://trials.example.org`.
    ///
    /// **Unknown**: `None` where browsers make no passkeys: without TLS (but for `localhost`), and for addresses that are numbers.
    pub fn of(address: &str) -> Option<Self> {
        let origin = address.trim_end_matches('/').to_ascii_lowercase();
        let (scheme, rest) = origin.split_once("://")?;
        let domain = rest.rsplit_once(':').map_or(rest, |(name, _)| name).to_owned();
        let is_number = domain.starts_with('[') || domain.chars().all(|c| c.is_ascii_digit() || c == '.');
        let is_name = !domain.is_empty() && !is_number && !rest.contains('/');
        (is_name && (scheme == "https" || domain == "localhost")).then_some(Self { domain, origin })
    }
}

/// A registered passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Its id.
    pub id: Vec<u8>,
    /// Its public key, a COSE key in CBOR.
    pub key: Vec<u8>,
    /// How often it was used, where it counts; 0 where it does not.
    pub counter: u32,
}

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not what browsers send.
    Malformed,
    /// It answers something else than was asked.
    OtherChallenge,
    /// It was made on another site.
    OtherSite,
    /// The person was not verified.
    NotVerified,
    /// It is of a kind that was not asked for.
    OtherKind,
    /// The signature is not that of the passkey.
    BadSignature,
    /// It counts back: a copy of the passkey is about.
    CountsBack,
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "the answer of the passkey cannot be read",
            Self::OtherChallenge => "the answer is to another question",
            Self::OtherSite => "the answer was made on another site",
            Self::NotVerified => "the passkey did not check who you are",
            Self::OtherKind => "the passkey is of a kind that is not taken",
            Self::BadSignature => "the signature is not that of the passkey",
            Self::CountsBack => "the passkey was used elsewhere since",
        })
    }
}

/// What a page asks of a browser to make a passkey, as JSON with bytes in web base 64.
pub fn creation_options(site: &Site, challenge: &[u8], user: &[u8], sign_in_name: &str, name: &str) -> String {
    let kinds: Vec<_> = ALGORITHMS.iter().map(|alg| serde_json::json!({ "type": "public-key", "alg": alg })).collect();
    serde_json::json!({
        "rp": { "id": site.domain, "name": "Trialway" },
        "user": { "id": web_text(user), "name": sign_in_name, "displayName": name },
        "challenge": web_text(challenge),
        "pubKeyCredParams": kinds,
        "timeout": 300_000,
        "attestation": "none",
        "authenticatorSelection": { "residentKey": "required", "requireResidentKey": true, "userVerification": "required" },
    })
    .to_string()
}

/// What a page asks of a browser to sign in: any passkey of this site.
pub fn request_options(site: &Site, challenge: &[u8]) -> String {
    serde_json::json!({
        "rpId": site.domain, "challenge": web_text(challenge), "timeout": 300_000, "userVerification": "required",
    })
    .to_string()
}

/// The challenge that an answer says it is to.
pub fn challenge_of(client_data: &[u8]) -> Option<Vec<u8>> {
    let said: serde_json::Value = serde_json::from_slice(client_data).ok()?;
    web_bytes(said.get("challenge")?.as_str()?)
}

/// Takes a new passkey.
///
/// **Errors**: why it is not taken.
pub fn register(site: &Site, challenge: &[u8], client_data: &[u8], attestation: &[u8]) -> Result<Passkey, Refusal> {
    check_client(site, challenge, client_data, "webauthn.create")?;
    let (object, _) = cbor::read(attestation).ok_or(Refusal::Malformed)?;
    let data = object.named("authData").and_then(Value::bytes).ok_or(Refusal::Malformed)?;
    let (flags, counter) = check_data(site, data)?;
    if flags & HAS_CREDENTIAL == 0 {
        return Err(Refusal::Malformed);
    }
    // 37 bytes of head, 16 that name the make, two of length.
    let length = data.get(53..55).and_then(|two| two.try_into().ok()).map(u16::from_be_bytes);
    let length = length.map(usize::from).filter(|n| (1..=LONGEST_ID).contains(n)).ok_or(Refusal::Malformed)?;
    let id = data.get(55..55 + length).ok_or(Refusal::Malformed)?.to_vec();
    let rest = data.get(55 + length..).ok_or(Refusal::Malformed)?;
    let (key, n) = cbor::read(rest).ok_or(Refusal::Malformed)?;
    PublicKey::of(&key).ok_or(Refusal::OtherKind)?;
    Ok(Passkey { id, key: rest.get(..n).unwrap_or_default().to_vec(), counter })
}

/// Takes a sign-in by a passkey; its new counter.
///
/// **Errors**: why it is not taken.
pub fn sign_in(
    site: &Site,
    challenge: &[u8],
    passkey: &Passkey,
    client_data: &[u8],
    data: &[u8],
    signed: &[u8],
) -> Result<u32, Refusal> {
    check_client(site, challenge, client_data, "webauthn.get")?;
    let (_, counter) = check_data(site, data)?;
    let (key, _) = cbor::read(&passkey.key).ok_or(Refusal::OtherKind)?;
    let key = PublicKey::of(&key).ok_or(Refusal::OtherKind)?;
    let mut message = data.to_vec();
    message.extend(Sha256::digest(client_data));
    if !key.signed(&message, signed) {
        return Err(Refusal::BadSignature);
    }
    if (counter != 0 || passkey.counter != 0) && counter <= passkey.counter {
        return Err(Refusal::CountsBack);
    }
    Ok(counter)
}

fn check_client(site: &Site, challenge: &[u8], client_data: &[u8], kind: &str) -> Result<(), Refusal> {
    let said: serde_json::Value = serde_json::from_slice(client_data).map_err(|_| Refusal::Malformed)?;
    let text = |key: &str| said.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
    if text("type") != kind {
        return Err(Refusal::Malformed);
    }
    let given = web_bytes(text("challenge")).ok_or(Refusal::Malformed)?;
    if !bool::from(given.ct_eq(challenge)) {
        return Err(Refusal::OtherChallenge);
    }
    let is_framed = said.get("crossOrigin").and_then(serde_json::Value::as_bool).unwrap_or(false);
    if text("origin") != site.origin || is_framed {
        return Err(Refusal::OtherSite);
    }
    Ok(())
}

fn check_data(site: &Site, data: &[u8]) -> Result<(u8, u32), Refusal> {
    let head = data.get(..37).ok_or(Refusal::Malformed)?;
    let (domain, rest) = head.split_at(32);
    if domain != Sha256::digest(site.domain.as_bytes()).as_slice() {
        return Err(Refusal::OtherSite);
    }
    let flags = rest.first().copied().unwrap_or_default();
    if flags & USER_PRESENT == 0 || flags & USER_VERIFIED == 0 {
        return Err(Refusal::NotVerified);
    }
    let counter = rest.get(1..5).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    Ok((flags, counter.unwrap_or_default()))
}

enum PublicKey {
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

impl PublicKey {
    /// **Source**: RFC 9053: key types 1 (octet pair), 2 (curve), 3 (RSA) with their parameters.
    fn of(key: &Value) -> Option<Self> {
        let bytes = |at: i64| key.at(at).and_then(Value::bytes);
        let integer = |at: i64| key.at(at).and_then(Value::integer);
        match (integer(1)?, integer(3)?) {
            (2, -7) if integer(-1)? == 1 => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                (x.len() == 32 && y.len() == 32).then(|| Self::P256([&[4], x, y].concat()))
            }
            (1, -8) if integer(-1)? == 6 => Some(Self::Ed25519(bytes(-2).filter(|x| x.len() == 32)?.to_vec())),
            (3, -257) => Some(Self::Rsa { n: bytes(-1)?.to_vec(), e: bytes(-2)?.to_vec() }),
            _ => None,
        }
    }

    fn signed(&self, message: &[u8], signed: &[u8]) -> bool {
        let plain = |algorithm: &'static dyn signature::VerificationAlgorithm, key: &[u8]| {
            signature::UnparsedPublicKey::new(algorithm, key).verify(message, signed).is_ok()
        };
        match self {
            Self::P256(key) => plain(&signature::ECDSA_P256_SHA256_ASN1, key),
            Self::Ed25519(key) => plain(&signature::ED25519, key),
            Self::Rsa { n, e } => signature::RsaPublicKeyComponents { n, e }
                .verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signed)
                .is_ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use ring::signature::{Ed25519KeyPair, KeyPair};

    const CHALLENGE: [u8; 32] = [9; 32];

    fn site() -> Site {
        Site::of("https://trials.example.org").unwrap()
    }

    fn client(kind: &str, challenge: &[u8], origin: &str) -> Vec<u8> {
        serde_json::json!({ "type": kind, "challenge": web_text(challenge), "origin": origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(domain: &str, flags: u8, counter: u32) -> Vec<u8> {
        [Sha256::digest(domain.as_bytes()).as_slice(), &[flags], &counter.to_be_bytes()].concat()
    }

    fn pair() -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[3; 32]).unwrap()
    }

    /// An attestation object without attestation, of an Ed25519 key.
    fn attestation(flags: u8) -> Vec<u8> {
        let mut data = data("trials.example.org", flags, 0);
        data.extend([0; 16]);
        data.extend([0, 4, 1, 2, 3, 4]);
        data.extend([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]);
        data.extend(pair().public_key().as_ref());
        let mut out = vec![0xa3, 0x63];
        out.extend(b"fmt");
        out.push(0x64);
        out.extend(b"none");
        out.push(0x67);
        out.extend(b"attStmt");
        out.push(0xa0);
        out.push(0x68);
        out.extend(b"authData");
        out.extend([0x58, u8::try_from(data.len()).unwrap()]);
        out.extend(data);
        out
    }

    #[test]
    fn a_passkey_signs_in_where_it_was_made_and_nowhere_else() {
        let create = client("webauthn.create", &CHALLENGE, "https://trials.example.org");
        let passkey = register(&site(), &CHALLENGE, &create, &attestation(0x45)).unwrap();
        assert_eq!(passkey.id, [1, 2, 3, 4]);
        assert_eq!(register(&site(), &CHALLENGE, &create, &attestation(0x41)), Err(Refusal::NotVerified));
        assert_eq!(register(&site(), &CHALLENGE, &create, &attestation(0x05)), Err(Refusal::Malformed));
        assert_eq!(register(&site(), &[8; 32], &create, &attestation(0x45)), Err(Refusal::OtherChallenge));

        let try_it = |client: &[u8], data: &[u8], counter: u32, spoil: bool| {
            let mut message = data.to_vec();
            message.extend(Sha256::digest(client));
            let mut signed = pair().sign(&message).as_ref().to_vec();
            if spoil {
                signed[0] ^= 1;
            }
            let passkey = Passkey { counter, ..passkey.clone() };
            sign_in(&site(), &CHALLENGE, &passkey, client, data, &signed)
        };
        let get = client("webauthn.get", &CHALLENGE, "https://trials.example.org");
        let here = data("trials.example.org", 5, 7);
        assert_eq!(try_it(&get, &here, 6, false), Ok(7));
        assert_eq!(try_it(&get, &data("trials.example.org", 5, 0), 0, false), Ok(0), "it does not count");
        assert_eq!(try_it(&get, &here, 7, false), Err(Refusal::CountsBack));
        assert_eq!(try_it(&get, &here, 6, true), Err(Refusal::BadSignature));
        assert_eq!(try_it(&get, &data("trials.example.org", 1, 7), 6, false), Err(Refusal::NotVerified));
        assert_eq!(try_it(&get, &data("other.example", 5, 7), 6, false), Err(Refusal::OtherSite));
        for (client, want) in [
            (client("webauthn.get", &CHALLENGE, "https://other.example"), Refusal::OtherSite),
            (client("webauthn.get", &[8; 32], "https://trials.example.org"), Refusal::OtherChallenge),
            (create.clone(), Refusal::Malformed),
            (b"{".to_vec(), Refusal::Malformed),
        ] {
            assert_eq!(try_it(&client, &here, 6, false), Err(want));
        }
    }

    #[test]
    fn cut_off_and_changed_answers_are_refused_without_a_panic() {
        let create = client("webauthn.create", &CHALLENGE, "https://trials.example.org");
        let whole = attestation(0x45);
        for n in 0..whole.len() {
            assert!(register(&site(), &CHALLENGE, &create, &whole[..n]).is_err(), "{n}");
            let mut changed = whole.clone();
            changed[n] ^= 0xff;
            let _ = register(&site(), &CHALLENGE, &create, &changed);
        }
    }

    #[test]
    fn passkeys_are_for_sites_with_a_name_and_tls() {
        for (address, want) in [
            ("https://Trials.example.org/", Some("trials.example.org")),
            ("https://trials.example.org:8443", Some("trials.example.org")),
            ("http://localhost:8080", Some("localhost")),
            ("http://trials.example.org", None),
            ("http://127.0.0.1:8080", None),
            ("https://[::1]:8080", None),
            ("trials.example.org", None),
        ] {
            assert_eq!(Site::of(address).map(|site| site.domain).as_deref(), want, "{address}");
        }
    }
}
