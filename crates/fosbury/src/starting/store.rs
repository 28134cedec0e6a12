//! What starting has to ask of the database.

use db::{Reads, Result, Tx};

/// Whether nothing was ever written here.
pub async fn is_untouched(db: &impl Reads) -> Result<bool> {
    let row: (i64,) = db.query("SELECT count(*) FROM counter").one().await?;
    Ok(row.0 == 0)
}

/// Whether the invented county is here.
pub async fn has_demo(db: &impl Reads) -> Result<bool> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM person WHERE is_demo")
        .one()
        .await?;
    Ok(row.0 > 0)
}

/// The ids of the records that belong to the invented county.
pub async fn demo_records(db: &impl Reads) -> Result<Vec<(String,)>> {
    db.query("SELECT id FROM record WHERE is_demo").all().await
}

/// The ids of the trials that go with it.
pub async fn demo_trials(db: &impl Reads) -> Result<Vec<(String,)>> {
    db.query(
        "SELECT id FROM trial
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    )
    .all()
    .await
}

/// The case of the invented county with this title.
pub async fn demo_record(db: &impl Reads, title: &str) -> Result<Option<(String,)>> {
    db.query("SELECT id FROM record WHERE is_demo AND kind = 'case' AND title = $1")
        .bind(title)
        .one_or_none()
        .await
}

/// What goes with the invented county, in the order in which it can.
const TAKEN_AWAY: &[&str] = &[
    "DELETE FROM follow_up WHERE trial_id IN (
         SELECT id FROM trial
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM trial_reader
     WHERE organisation_id IN (SELECT id FROM organisation WHERE is_demo)
     OR trial_id IN (
         SELECT id FROM trial
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM case_trial
     WHERE number IN (SELECT number FROM record WHERE is_demo AND kind = 'case')
     OR trial IN (
         SELECT number FROM trial
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM thanks WHERE said_id IN (
         SELECT s.id FROM said s JOIN trial t ON t.id = s.trial_id
         WHERE t.is_demo OR t.organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM waiting WHERE said_id IN (
         SELECT s.id FROM said s JOIN trial t ON t.id = s.trial_id
         WHERE t.is_demo OR t.organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM watch WHERE what = 'trial' AND subject IN (
         SELECT id FROM trial
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM moderation WHERE trial_id IN (
         SELECT id FROM trial
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM said WHERE trial_id IN (
         SELECT id FROM trial
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM trial_revision
     WHERE trial_id IN (
         SELECT id FROM trial
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM trial
     WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "DELETE FROM trial_tally
     WHERE organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "DELETE FROM sighting
     WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "UPDATE trial SET author_id = NULL
     WHERE author_id IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE trial SET confirmed_by = NULL
     WHERE confirmed_by IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE sighting SET author_id = NULL
     WHERE author_id IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE sighting SET confirmed_by = NULL
     WHERE confirmed_by IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM chosen_body
     WHERE person_id IN (SELECT id FROM person WHERE is_demo)
     OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "DELETE FROM evidence_tie
     WHERE evidence IN (SELECT number FROM record WHERE is_demo AND kind = 'evidence')
     OR (kind = 'trial' AND number NOT IN (SELECT number FROM trial))",
    "DELETE FROM evidence WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM thanks WHERE said_id IN (
         SELECT id FROM said
         WHERE record_id IN (SELECT id FROM record WHERE is_demo)
         OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)
         OR session_id IN (SELECT id FROM session WHERE is_demo)
     ) OR person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM waiting WHERE said_id IN (
         SELECT id FROM said
         WHERE record_id IN (SELECT id FROM record WHERE is_demo)
         OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)
         OR session_id IN (SELECT id FROM session WHERE is_demo)
     ) OR person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM watch
     WHERE person_id IN (SELECT id FROM person WHERE is_demo)
     OR (what = 'organisation' AND subject IN (SELECT id FROM organisation WHERE is_demo))
     OR (what = 'session' AND subject IN (SELECT id FROM session WHERE is_demo))",
    "DELETE FROM seen_until WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM protection WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "UPDATE protection SET person_id = NULL
     WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM review WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "UPDATE review SET person_id = NULL
     WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM reading WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM moderation
     WHERE record_id IN (SELECT id FROM record WHERE is_demo)
     OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)
     OR session_id IN (SELECT id FROM session WHERE is_demo)",
    "UPDATE moderation SET person_id = NULL
     WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM harvest WHERE session_id IN (SELECT id FROM session WHERE is_demo)
     OR record_id IN (SELECT id FROM record WHERE is_demo)",
    "UPDATE harvest SET by_id = NULL, by_name = 'Invented person'
     WHERE by_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM harvest_line WHERE session_id IN (SELECT id FROM session WHERE is_demo)",
    "UPDATE harvest SET said_id = NULL WHERE said_id IN (
         SELECT id FROM said
         WHERE record_id IN (SELECT id FROM record WHERE is_demo)
         OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
    "DELETE FROM said
     WHERE record_id IN (SELECT id FROM record WHERE is_demo)
     OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)
     OR session_id IN (SELECT id FROM session WHERE is_demo)",
    "UPDATE said SET author_id = NULL, author_name = 'Invented person'
     WHERE author_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM note_line_before WHERE session_id IN (SELECT id FROM session WHERE is_demo)",
    "DELETE FROM note_line WHERE session_id IN (SELECT id FROM session WHERE is_demo)",
    "UPDATE note_line SET author_id = NULL, author_name = 'Invented person'
     WHERE author_id IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE note_line SET erased_by = NULL
     WHERE erased_by IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM session_told WHERE session_id IN (SELECT id FROM session WHERE is_demo)",
    "DELETE FROM action_link WHERE person_id IN (SELECT id FROM person WHERE is_demo)
     OR action_id IN (
         SELECT a.id FROM session_action a JOIN session s ON s.id = a.session_id
         WHERE s.is_demo)",
    "DELETE FROM event_letter WHERE person_id IN (SELECT id FROM person WHERE is_demo)
     OR session_id IN (SELECT id FROM session WHERE is_demo)
     OR event IN (SELECT number FROM record WHERE is_demo AND kind = 'event')",
    "DELETE FROM event_quiet WHERE person_id IN (SELECT id FROM person WHERE is_demo)
     OR event IN (SELECT number FROM record WHERE is_demo AND kind = 'event')",
    "DELETE FROM event_there WHERE person_id IN (SELECT id FROM person WHERE is_demo)
     OR event IN (SELECT number FROM record WHERE is_demo AND kind = 'event')",
    "DELETE FROM session_action_step WHERE action_id IN (
         SELECT a.id FROM session_action a JOIN session s ON s.id = a.session_id
         WHERE s.is_demo)",
    "DELETE FROM session_action WHERE session_id IN (SELECT id FROM session WHERE is_demo)",
    "UPDATE session_told SET author_id = NULL, author_name = 'Invented person'
     WHERE author_id IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE session_action SET owner_id = NULL, owner_name = 'Invented person'
     WHERE owner_id IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE session_action_step SET owner_id = NULL, owner_name = 'Invented person'
     WHERE owner_id IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE session_action_step SET by_id = NULL, by_name = 'Invented person'
     WHERE by_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM session WHERE is_demo",
    "UPDATE session SET locked_by = NULL
     WHERE locked_by IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE session SET asked_by = NULL
     WHERE asked_by IN (SELECT id FROM person WHERE is_demo)",
    "UPDATE session SET published_by = NULL
     WHERE published_by IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM event_guest WHERE link_id IN (
         SELECT id FROM event_link
         WHERE made_by IN (SELECT id FROM person WHERE is_demo) OR event IN (
             SELECT number FROM record WHERE is_demo AND kind = 'event'))",
    "DELETE FROM event_link
     WHERE made_by IN (SELECT id FROM person WHERE is_demo) OR event IN (
         SELECT number FROM record WHERE is_demo AND kind = 'event')",
    "DELETE FROM event_consent
     WHERE event IN (SELECT number FROM record WHERE is_demo AND kind = 'event')",
    "UPDATE event_consent SET noted_by = NULL
     WHERE noted_by IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM event WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM write_up WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM record_link WHERE from_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM wanted WHERE from_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM tag WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM hurdle_dependency
     WHERE number IN (SELECT number FROM record WHERE is_demo AND kind = 'hurdle')",
    "DELETE FROM solution_hurdle
     WHERE solution IN (SELECT number FROM record WHERE is_demo AND kind = 'solution')",
    "DELETE FROM hurdle WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM case_card WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM solution WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM record_reader
     WHERE record_id IN (SELECT id FROM record WHERE is_demo)
     OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "DELETE FROM membership
     WHERE person_id IN (SELECT id FROM person WHERE is_demo)
     OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "UPDATE membership SET confirmed_by = NULL
     WHERE confirmed_by IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM service
     WHERE organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "DELETE FROM organisation_alias
     WHERE organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "DELETE FROM organisation_figure
     WHERE organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
    "DELETE FROM organisation_successor
     WHERE organisation_id IN (SELECT id FROM organisation WHERE is_demo)
     OR successor_id IN (SELECT id FROM organisation WHERE is_demo)",
    "DELETE FROM organisation WHERE is_demo",
    "DELETE FROM organisation_upload
     WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM revision WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM attachment WHERE record_id IN (SELECT id FROM record WHERE is_demo)",
    "DELETE FROM record WHERE is_demo",
    "DELETE FROM draft WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM sign_in WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM api_token WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM audit WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
    "DELETE FROM entry_link WHERE made_by IN (SELECT id FROM person WHERE is_demo)",
    // Who changed a real page stays in its history, without a name.
    "UPDATE person
     SET name = 'Invented person', address = 'left:' || id, left_at = joined_at, is_demo = FALSE
     WHERE is_demo AND (
         EXISTS (SELECT 1 FROM revision WHERE author_id = person.id)
         OR EXISTS (SELECT 1 FROM trial_revision WHERE author_id = person.id)
         OR EXISTS (SELECT 1 FROM record WHERE author_id = person.id)
         OR EXISTS (SELECT 1 FROM attachment WHERE person_id = person.id)
     )",
    "DELETE FROM person WHERE is_demo",
];

/// Takes the invented county away for good: its records, its people, and what they wrote.
pub async fn remove_demo(tx: &Tx) -> Result<()> {
    remove_groups(tx).await?;
    for text in TAKEN_AWAY {
        tx.query(text).run().await?;
    }
    Ok(())
}

/// Takes away which invented bodies belong together, and where their figures come from.
async fn remove_groups(tx: &Tx) -> Result<()> {
    for text in [
        "DELETE FROM body_group_revision WHERE group_number IN (
             SELECT number FROM body_group
             WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
        "DELETE FROM body_group_member
         WHERE organisation_id IN (SELECT id FROM organisation WHERE is_demo)
         OR group_number IN (
             SELECT number FROM body_group
             WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo))",
        "DELETE FROM body_group
         WHERE is_demo OR organisation_id IN (SELECT id FROM organisation WHERE is_demo)",
        "UPDATE body_group_revision SET person_id = NULL
         WHERE person_id IN (SELECT id FROM person WHERE is_demo)",
        "DELETE FROM figure_source WHERE is_demo",
    ] {
        tx.query(text).run().await?;
    }
    Ok(())
}
