//! The lower end of what a success rate may be.

use statrs::function::beta::beta_reg;

/// Which quantile ranks: one in ten rates lies below.
pub const LOWER_END: f64 = 0.1;

/// The 10 % quantile of Beta(a, b), for a and b of 1 or more.
///
/// Beta(1, 1) before any trial, a and b after: the posterior of a proportion (Gelman and others,
/// *Bayesian Data Analysis*, 3rd edition, 2013, section 2.4). Ranking by a lower quantile so that
/// one lucky trial does not lead: Miller, *How Not To Sort By Average Rating*, 2009, does it with
/// Wilson's interval. The distribution function is statrs' regularised incomplete beta function; it
/// is inverted by halving, which cannot run away and never falls where a rises or b sinks.
pub fn lower_end(a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    // After 60 halvings the two are neighbours.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if beta_reg(a, b, middle) < LOWER_END {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
