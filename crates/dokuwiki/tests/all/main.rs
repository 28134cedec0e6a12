//! What the instrument promises.

#[cfg(test)]
mod back;
#[cfg(test)]
mod edges;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod laws;
mod mediawiki;
mod notes;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod wiki;
