//! Random bytes of the system.

use crate::StoreError;

/// New random bytes.
///
/// **Errors**: [`StoreError::NoRandom`] where the system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut out = [0; N];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut out).map_err(|_| StoreError::NoRandom)?;
    Ok(out)
}
