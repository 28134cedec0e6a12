//! Chance that is the same in every run.

/// A small generator: splitmix64 by Steele, Lea and Flood (2014).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }
}

/// A variable that asks for more than the usual run.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a test may take comes from outside"
)]
pub fn asked(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
