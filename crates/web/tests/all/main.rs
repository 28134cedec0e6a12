//! What every page may rely on.

#[cfg(test)]
mod cookies;
#[cfg(test)]
mod forged;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod uploads;
