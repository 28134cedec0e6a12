//! What the instrument promises.

#[cfg(test)]
mod back;
#[cfg(test)]
mod dumps;
#[cfg(test)]
mod edges;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod mediawiki;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod wiki;
