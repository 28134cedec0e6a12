//! The mailer against a mail server of ours, on this machine.

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod coming_in;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod sink;
