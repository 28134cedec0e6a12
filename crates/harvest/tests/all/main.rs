//! Notes of every format, laws for any notes, and how often the model is right.

#[cfg(test)]
mod formats;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod labelled;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod structure;
