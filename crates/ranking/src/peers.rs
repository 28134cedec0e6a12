//! Similar bodies, and why there are none.

/// How many of the nearest are a body's peers.
pub const PEERS: usize = 10;
/// With fewer bodies of a kind than this none is compared.
pub const NO_PEERS_BELOW: usize = 5;

/// A similar body.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    /// Which.
    pub id: String,
    /// How far away, in standard deviations.
    pub distance: f64,
    /// By what it is near, measure by measure.
    pub apart: Vec<Apart>,
}

/// One measure of two bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// Its name.
    pub measure: String,
    /// The figure of the body that asks.
    pub own: f64,
    /// The figure of the other.
    pub theirs: f64,
    /// How far they are apart in it, in standard deviations of their kind.
    pub apart: f64,
}

/// Why a body has no peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// It is not among the bodies of today.
    Unknown,
    /// These figures of it are missing.
    Missing(Vec<String>),
    /// So few are of its kind, itself included.
    TooFew(usize),
    /// No other of its kind has all the figures.
    NobodyElse,
}

/// The bodies counted as like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Its peers, the nearest first.
    Peers(Vec<String>),
    /// Where it has none: the others of its kind in its nation.
    KindAndNation(Vec<String>, WhyNot),
}

impl Compared {
    /// Which.
    pub fn ids(&self) -> &[String] {
        match self {
            Self::Peers(ids) | Self::KindAndNation(ids, _) => ids,
        }
    }
}
