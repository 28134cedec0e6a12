//! Moving house, in a process of its own: what others do must not count as the copy's memory.

#[cfg(test)]
mod moving;
#[cfg(test)]
#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "../all/places.rs"]
mod places;
