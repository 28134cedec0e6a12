//! Every route with the least that somebody must be to use it: written down by hand.
// size: a table with a line for each route

use web::Access;

const TABLE: &str = "
anyone GET /
anyone GET /about
anyone GET /privacy
anyone GET /accessibility
anyone GET /cy
anyone GET /cy/{*rest}
anyone GET /robots.txt
anyone GET /healthz
anyone GET /assets/{tag}/{name}
anyone GET /accent.css
anyone GET /logo
owner GET /place/look
owner POST /place/look
owner POST /place/look/removal
owner GET /place/look/previews
owner POST /place/look/previews
owner POST /place/look/previews/removal
owner GET /place/look/previews/accent.css
owner GET /place/look/previews/logo
anyone GET /search
anyone GET /search/suggest
anyone GET /changes
anyone GET /changes.atom
anyone GET /tags
anyone GET /tags/{tag}
anyone GET /tags/{tag}/changes
anyone GET /tags/{tag}/changes.atom
anyone GET /wanted
steward GET /desk
steward POST /desk/searches/removal
steward GET /desk/undo
steward POST /desk/undoings
steward POST /desk/review-period
steward POST /desk/jobs/{id}/retries
steward POST /desk/jobs/{id}/removal
anyone GET /sign-in
anyone POST /sign-in
anyone GET /sign-in/check
anyone POST /sign-in/code
anyone GET /sign-in/{token}
anyone POST /sign-in/{token}
anyone POST /sign-out
anyone GET /join/{token}
anyone POST /join/{token}
signed-in GET /account
signed-in POST /account/name
signed-in POST /account/sign-ins/{id}/removal
signed-in GET /account/tokens
signed-in POST /account/tokens
signed-in POST /account/tokens/{token}/removal
owner POST /people/{id}/tokens/{token}/removal
steward GET /people
steward POST /people/invitations
steward POST /people/invitations/{id}/removal
owner GET /people/{id}
owner POST /people/{id}/role
owner POST /people/{id}/departure
anyone GET /organisations
steward GET /organisations/new
steward POST /organisations
owner GET /organisations/import
owner POST /organisations/previews
owner GET /organisations/previews
owner POST /organisations/previews/removal
owner POST /organisations/imports
anyone GET /organisations/{slug}
steward POST /organisations/{slug}/mail-domain
signed-in POST /organisations/{slug}/memberships
signed-in POST /organisations/{slug}/departures
signed-in POST /organisations/{slug}/memberships/{id}/confirmations
signed-in POST /organisations/{slug}/memberships/{id}/removal
signed-in POST /organisations/{slug}/services
signed-in POST /organisations/{slug}/services/{id}
signed-in POST /organisations/{slug}/services/{id}/removal
anyone GET /api/v1/organisations
anyone GET /api/v1/organisations/{slug}
anyone GET /trials/{number}/discussion
anyone GET /trials/{number}/discussion.atom
anyone POST /trials/{number}/said
anyone GET /trials/{number}/flag
anyone POST /trials/{number}/flags
anyone GET /sessions/{slug}/discussion
anyone GET /sessions/{slug}/discussion.atom
anyone POST /sessions/{slug}/said
anyone GET /sessions/{slug}/flag
anyone POST /sessions/{slug}/flags
anyone GET /organisations/{slug}/discussion
anyone GET /organisations/{slug}/discussion.atom
anyone POST /organisations/{slug}/said
anyone GET /organisations/{slug}/flag
anyone POST /organisations/{slug}/flags
anyone GET /api/v1/trials/{number}/discussion
signed-in POST /api/v1/trials/{number}/said
anyone GET /api/v1/sessions/{number}/discussion
signed-in POST /api/v1/sessions/{number}/said
anyone GET /api/v1/organisations/{slug}/discussion
signed-in POST /api/v1/organisations/{slug}/said
anyone GET /said/{token}
anyone POST /said/{token}/withdrawal
anyone GET /comments/{number}
signed-in GET /comments/{number}/edit
signed-in POST /comments/{number}/edits
signed-in POST /comments/{number}/removals
owner POST /comments/{number}/erasures
signed-in POST /comments/{number}/thanks
signed-in GET /waiting
signed-in POST /waiting/readings
signed-in POST /watches
signed-in POST /watches/removals
signed-in GET /desk/held
signed-in POST /desk/held/decisions
steward POST /desk/held/clearances
signed-in POST /desk/held/{number}/resolutions
anyone GET /moderation
owner GET /place/backups
owner POST /place/backups
owner GET /place/wikis
owner POST /place/wikis
owner POST /place/wikis/previews
owner GET /place/wikis/previews
owner POST /place/wikis/previews/removal
owner GET /place/wikis/{number}
owner POST /place/wikis/{number}/undoings
contributor GET /guides/from-elsewhere
contributor POST /guides/from-elsewhere
owner GET /place/wikis/{number}/pages
owner POST /place/wikis/{number}/turnings
owner POST /place/wikis/{number}/returns
signed-in POST /account/authors
signed-in POST /account/authors/removal
steward GET /desk/authors
steward POST /desk/authors/confirmations
steward POST /desk/authors/removal
contributor GET /guides/{slug}/turn
contributor POST /guides/{slug}/turnings
contributor POST /guides/{slug}/returns
contributor POST /api/v1/guides/{number}/turnings
contributor POST /api/v1/guides/{number}/returns
anyone GET /doku.php
anyone GET /index.php
anyone GET /w/index.php
anyone GET /wiki/{*page}
anyone GET /feed.php
anyone GET /lib/exe/fetch.php
anyone GET /lib/exe/detail.php
anyone GET /_media/{*file}
anyone GET /api/v1/openapi.json
anyone GET /api/v1/search
anyone GET /api/v1/changes
anyone POST /hurdles/{slug}/sightings
anyone GET /hurdles/{slug}/sightings
anyone GET /hurdles/{slug}/sightings.csv
anyone GET /sightings/{id}
anyone POST /sightings/{id}
signed-in POST /sightings/{id}/confirmations
signed-in POST /sightings/{id}/removal
anyone GET /hurdles/freeing
anyone GET /hurdles/freeing.csv
anyone GET /hurdles/{slug}/freeing
anyone GET /api/v1/hurdles/freeing
anyone GET /hurdles/{slug}/worked
anyone GET /hurdles/{slug}/worked.csv
anyone GET /hurdles/{slug}/ranking
signed-in GET /hurdles/{slug}/trials/new
signed-in POST /hurdles/{slug}/trials
anyone GET /hurdles/{slug}/trials
anyone GET /hurdles/{slug}/trials.atom
anyone GET /hurdles/{slug}/trials.csv
signed-in POST /solutions/{slug}/uses
anyone GET /solutions/{slug}/trials
anyone GET /solutions/{slug}/trials.atom
anyone GET /solutions/{slug}/trials.csv
anyone GET /organisations/{slug}/trials
anyone GET /organisations/{slug}/trials.atom
anyone GET /organisations/{slug}/trials.csv
anyone GET /hurdles/{slug}/precedents
anyone GET /hurdles/{slug}/precedents.csv
anyone GET /organisations/{slug}/time
anyone GET /organisations/{slug}/time.csv
anyone GET /trials/{number}
signed-in POST /trials/{number}
signed-in GET /trials/{number}/edit
signed-in POST /trials/{number}/answers
signed-in POST /trials/{number}/confirmations
signed-in POST /trials/{number}/removal
anyone GET /trials/{number}/history
anyone GET /trials/{number}/versions/{seq}
owner POST /trials/{number}/erasures
anyone GET /follow-up/{token}
anyone POST /follow-up/{token}
anyone GET /my-organisation
anyone POST /my-organisation
anyone GET /api/v1/hurdles/{number}/trials
anyone GET /api/v1/hurdles/{number}/worked
anyone GET /api/v1/hurdles/{number}/sightings
anyone GET /api/v1/solutions/{number}/trials
anyone GET /api/v1/organisations/{slug}/trials
anyone GET /api/v1/trials/{number}
anyone GET /evidence.csv
anyone GET /api/v1/sessions/{number}/harvest
signed-in GET /sessions/{slug}/harvest
signed-in POST /sessions/{slug}/harvest/made
signed-in POST /sessions/{slug}/harvest/mergers
signed-in POST /sessions/{slug}/harvest/joins
signed-in POST /sessions/{slug}/harvest/cuts
signed-in POST /sessions/{slug}/harvest/wholes
signed-in POST /sessions/{slug}/harvest/undoings
signed-in POST /sessions/{slug}/harvest/trials
anyone GET /api/v1/hurdles/{number}/evidence
anyone GET /api/v1/solutions/{number}/evidence
anyone GET /api/v1/trials/{number}/evidence
anyone GET /cases.csv
anyone GET /cases/{slug}/card
contributor POST /cases/{slug}/pictures
contributor POST /cases/{slug}/ties
contributor POST /cases/{slug}/untyings
contributor POST /evidence/{slug}/ties
contributor POST /evidence/{slug}/untyings
contributor POST /api/v1/evidence/{number}/ties
contributor POST /api/v1/evidence/{number}/untyings
contributor POST /api/v1/cases/{number}/ties
contributor POST /api/v1/cases/{number}/untyings
anyone GET /events.csv
anyone GET /events/{slug}/calendar.ics
anyone GET /events/{slug}/sessions/new
anyone POST /events/{slug}/sessions
signed-in POST /events/{slug}/links
signed-in POST /events/{slug}/links/removal
signed-in POST /events/{slug}/consents
signed-in POST /events/{slug}/consents/removal
anyone GET /in/{token}
anyone POST /in/{token}
anyone POST /guest/removal
anyone GET /sessions/{slug}
anyone POST /sessions/{slug}
anyone GET /sessions/{slug}/edit
anyone POST /sessions/{slug}/removal
anyone GET /sessions/{slug}/calendar.ics
anyone GET /sessions/{slug}/lines
anyone POST /sessions/{slug}/lines
anyone GET /sessions/{slug}/live
signed-in POST /sessions/{slug}/locks
signed-in POST /sessions/{slug}/publications
signed-in GET /sessions/{slug}/captures
signed-in POST /sessions/{slug}/captures
owner GET /sessions/{slug}/lines/{line}/erase
owner POST /sessions/{slug}/lines/{line}/erasures
contributor POST /write-ups/{slug}/reflections
anyone GET /api/v1/sessions
anyone GET /api/v1/sessions/{number}
anyone GET /api/v1/sessions/{number}/lines
anyone POST /sessions/{slug}/tips
anyone POST /sessions/{slug}/outcomes
signed-in POST /sessions/{slug}/told/erasures
anyone POST /sessions/{slug}/actions
anyone GET /sessions/{slug}/actions/{number}
signed-in POST /sessions/{slug}/actions/{number}/steps
signed-in POST /sessions/{slug}/actions/{number}/erasures
anyone GET /how-it-went/{token}
anyone POST /how-it-went/{token}
anyone GET /letters/{token}
anyone POST /letters/{token}/ends
anyone GET /events/{slug}/came-of-it
anyone GET /events/{slug}/actions.csv
anyone GET /api/v1/sessions/{number}/outcomes
anyone GET /api/v1/events/{number}/actions
anyone GET /organisations/{slug}/peers
anyone GET /organisations/{slug}/peers.csv
signed-in GET /organisations/{slug}/groups/new
signed-in POST /organisations/{slug}/groups
anyone GET /groups
anyone GET /groups/{number}
anyone GET /groups/{number}/members.csv
signed-in GET /groups/{number}/edit
signed-in POST /groups/{number}
signed-in POST /groups/{number}/members
signed-in POST /groups/{number}/members/{slug}/removal
signed-in POST /groups/{number}/removal
steward POST /groups/{number}/restorations
anyone GET /api/v1/organisations/{slug}/peers
anyone GET /api/v1/groups
anyone GET /api/v1/groups/{number}
signed-in POST /api/v1/groups
signed-in POST /api/v1/groups/{number}/revisions
signed-in POST /api/v1/groups/{number}/members
signed-in POST /api/v1/groups/{number}/members/{slug}/removal
signed-in POST /api/v1/groups/{number}/removal
anyone GET /api/v1/hurdles/{number}/precedents
anyone GET /api/v1/organisations/{slug}/time
anyone GET /attachments/{number}/{name}
contributor POST /attachments/{number}/removals
contributor POST /attachments/{number}/recoveries
owner GET /attachments/{number}/erase
owner POST /attachments/{number}/erasures
";

/// What every kind of text has; `S` stands for the kind, `s` for its letter.
const OF_EACH_KIND: &str = "
anyone GET /s/{number}
anyone GET /S
anyone GET /S/{slug}
contributor GET /S/new
contributor POST /S
contributor POST /S/new/draft
contributor POST /S/new/draft/removal
contributor GET /S/{slug}/edit
contributor POST /S/{slug}/revisions
contributor POST /S/{slug}/draft
contributor POST /S/{slug}/draft/removal
anyone GET /S/{slug}/history
anyone GET /S/{slug}/revisions/{seq}
anyone GET /S/{slug}/compare
anyone GET /S/{slug}/changes.atom
contributor POST /S/{slug}/restorations
contributor POST /S/{slug}/undoings
steward GET /S/{slug}/delete
steward POST /S/{slug}/deletions
steward POST /S/{slug}/recoveries
steward GET /S/{slug}/merge
steward POST /S/{slug}/mergers
steward POST /S/{slug}/separations
steward GET /S/{slug}/split
steward POST /S/{slug}/splits
steward GET /S/{slug}/keeping
steward POST /S/{slug}/protections
steward POST /S/{slug}/protections/removal
steward POST /S/{slug}/reviews
steward POST /S/{slug}/review-period
owner GET /S/{slug}/erase
owner POST /S/{slug}/erasures
anyone GET /S/{slug}/discussion
anyone GET /S/{slug}/discussion.atom
anyone POST /S/{slug}/said
anyone GET /S/{slug}/suggest
anyone POST /S/{slug}/suggestions
anyone GET /S/{slug}/flag
anyone POST /S/{slug}/flags
anyone GET /S/{slug}/attachments
contributor POST /S/{slug}/attachments
anyone GET /api/v1/S
anyone GET /api/v1/S/{number}
contributor POST /api/v1/S
contributor POST /api/v1/S/{number}/revisions
contributor POST /api/v1/S/{number}/restorations
contributor POST /api/v1/S/{number}/undoings
steward POST /api/v1/S/{number}/deletions
steward POST /api/v1/S/{number}/recoveries
steward POST /api/v1/S/{number}/mergers
steward POST /api/v1/S/{number}/separations
anyone GET /api/v1/S/{number}/attachments
contributor POST /api/v1/S/{number}/attachments
anyone GET /api/v1/S/{number}/discussion
signed-in POST /api/v1/S/{number}/said
signed-in POST /api/v1/S/{number}/suggestions
signed-in POST /api/v1/S/{number}/watches
signed-in POST /api/v1/S/{number}/watches/removals
";

/// The table: method, path, least access.
pub fn expected() -> Vec<(String, String, Access)> {
    let mut lines: Vec<String> = TABLE.lines().map(str::to_owned).collect();
    for (letter, plural) in [
        ("h", "hurdles"),
        ("s", "solutions"),
        ("g", "guides"),
        ("e", "evidence"),
        ("c", "cases"),
        ("ev", "events"),
        ("w", "write-ups"),
    ] {
        let of_kind = OF_EACH_KIND.replace("/s/", &format!("/{letter}/"));
        lines.extend(
            of_kind
                .replace("/S", &format!("/{plural}"))
                .lines()
                .map(str::to_owned),
        );
    }
    let lines = lines.iter().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let access = match words[0] {
                "anyone" => Access::Anyone,
                "signed-in" => Access::SignedIn,
                "contributor" => Access::Contributor,
                "steward" => Access::Steward,
                "owner" => Access::Owner,
                other => panic!("no such access: {other}"),
            };
            (words[1].to_owned(), words[2].to_owned(), access)
        })
        .collect()
}

/// A pattern's address with something in each place.
pub fn filled(pattern: &str) -> String {
    let is_asset = pattern.starts_with("/assets/");
    pattern
        .replace("{slug}", "1")
        .replace("{number}", "1")
        .replace("{seq}", "1")
        .replace("{tag}", "filters")
        .replace("{*rest}", "hurdles/1")
        .replace("{*file}", "no.png")
        .replace("{token}", "0123456789abcdef")
        .replace("{line}", "nothing")
        .replace("{id}", "nobody")
        .replace("{name}", if is_asset { "fosbury.css" } else { "name" })
}
