//! What must stay true of the house, whoever builds on: each module guards one promise.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod copying;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod migrating;
#[cfg(test)]
mod order;
#[cfg(test)]
mod register;
#[cfg(test)]
mod register_links;
#[cfg(test)]
#[expect(dead_code, reason = "the other guards use the rest of it")]
#[path = "../running/mod.rs"]
mod running;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod schemas_told;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod words;
#[cfg(test)]
mod words_used;
