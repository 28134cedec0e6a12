//! Ranking against laws and against figures that another program computed.

#[cfg(test)]
mod laws;
#[cfg(test)]
mod scipy;
