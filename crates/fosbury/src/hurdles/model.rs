//! What a hurdle is.

/// The seven headings of 2009, in their order.
pub const HEADINGS: [&str; 7] = [
    "access",
    "equipment",
    "staff-and-skills",
    "structures",
    "policy",
    "strategy",
    "vision",
];

/// The sections of a hurdle's page, in the order in which a tired reader needs them.
pub const SECTIONS: [&str; 5] = ["problem", "until", "ways", "detail", "why"];
