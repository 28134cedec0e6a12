//! Stems as small numbers: quick to compare, small to keep.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A stem as a number: equal stems are equal numbers, and a chance meeting of two is rarer than
/// one in a hundred million.
pub(crate) type Mark = u32;

/// A table by marks.
pub(crate) type ByMark<T> = HashMap<Mark, T, BuildHasherDefault<MarkHasher>>;

/// The mark of a stem (FNV-1a, 32 bits), the same on every machine since it is stored.
pub(crate) fn mark(stem: &str) -> Mark {
    stem.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Marks are spread evenly already; a table of them needs no more mixing than this.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MarkHasher(u64);

impl Hasher for MarkHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, mark: u32) {
        // The golden ratio fills the upper bits, which the table looks at first.
        self.0 = (self.0 ^ u64::from(mark)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
