//! What the floor promises, kept by both engines: set `FOSBURY_TEST_POSTGRES` for the second.

#[cfg(test)]
mod filters;
#[cfg(test)]
mod places;
#[cfg(test)]
mod roundtrip;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod transactions;
#[cfg(test)]
mod troubles;
