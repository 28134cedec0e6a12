//! Stories: what people do here, told through the site itself, on both databases.

#[cfg(test)]
mod acts;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod database;
#[cfg(test)]
mod page;
#[cfg(test)]
mod sink;
#[cfg(test)]
mod world;

#[cfg(test)]
mod drafts;
#[cfg(test)]
mod editing;
#[cfg(test)]
mod links;
#[cfg(test)]
mod looking_back;
#[cfg(test)]
mod visibility;
#[cfg(test)]
mod writing;
