//! Stories: what people do here, told through the site itself, on both databases.

#[cfg(test)]
mod acts;
#[cfg(test)]
mod anew;
#[cfg(test)]
mod api;
#[cfg(test)]
mod api_rules;
#[cfg(test)]
mod api_threads;
#[cfg(test)]
mod api_writing;
#[cfg(test)]
mod attachments;
#[cfg(test)]
mod attachments_kept;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod bodies_matrix;
#[cfg(test)]
mod bodies_swapped;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod cases_seen;
#[cfg(test)]
mod database;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod discussion;
#[cfg(test)]
mod discussion_taken;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod editing;
#[cfg(test)]
mod elsewhere;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod evidence_kept;
#[cfg(test)]
mod evidence_seen;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod flood;
#[cfg(test)]
mod freeing;
#[cfg(test)]
mod going_along;
#[cfg(test)]
mod groups_programs;
#[cfg(test)]
mod guard;
#[cfg(test)]
mod harvest;
#[cfg(test)]
mod harvest_kept;
#[cfg(test)]
mod harvest_seen;
#[cfg(test)]
mod harvest_shaped;
#[cfg(test)]
mod html;
#[cfg(test)]
mod invented;
#[cfg(test)]
mod joining;
#[cfg(test)]
mod links;
#[cfg(test)]
mod look;
#[cfg(test)]
mod look_page;
#[cfg(test)]
mod looking_back;
#[cfg(test)]
mod moves;
#[cfg(test)]
mod organisations;
#[cfg(test)]
mod organisations_import;
#[cfg(test)]
mod organisations_sent;
#[cfg(test)]
mod outcomes;
#[cfg(test)]
mod outcomes_seen;
#[cfg(test)]
mod page;
#[cfg(test)]
mod peers;
#[cfg(test)]
mod peers_groups;
#[cfg(test)]
mod people;
#[cfg(test)]
mod precedents;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sessions_after;
#[cfg(test)]
mod sessions_lines;
#[cfg(test)]
mod sessions_mail;
#[cfg(test)]
mod sessions_seen;
#[cfg(test)]
mod sessions_thread;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod sink;
#[cfg(test)]
mod suggestions;
#[cfg(test)]
mod taken_away;
#[cfg(test)]
mod taking_away;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod trials;
#[cfg(test)]
mod trials_counted;
#[cfg(test)]
mod trials_found;
#[cfg(test)]
mod trials_history;
#[cfg(test)]
mod trials_watched;
#[cfg(test)]
mod turning;
#[cfg(test)]
mod visibility;
#[cfg(test)]
mod waiting;
#[cfg(test)]
mod wikis;
#[cfg(test)]
mod wikis_after;
#[cfg(test)]
mod wikis_files;
#[cfg(test)]
mod wikis_files_kept;
#[cfg(test)]
mod wikis_leaving;
#[cfg(test)]
mod wikis_others;
#[cfg(test)]
mod wikis_pasted;
#[cfg(test)]
mod wikis_rendered;
#[cfg(test)]
mod wikis_sent;
#[cfg(test)]
mod worked;
#[cfg(test)]
mod world;
#[cfg(test)]
mod writing;
