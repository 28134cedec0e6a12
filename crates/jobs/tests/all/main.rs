//! The queue as its users meet it, on both engines: set `FOSBURY_TEST_POSTGRES` for the second.

#[cfg(test)]
mod queue;
#[cfg(test)]
mod schedules;
#[cfg(test)]
mod trouble;
#[cfg(test)]
mod world;
