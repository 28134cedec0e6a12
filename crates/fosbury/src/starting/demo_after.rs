//! What is told of the invented county's sessions beside their notes, and what was said since.

use db::{Db, Result, Tx};
use serde::Deserialize;

use super::demo::author;
use crate::discussion::model::What;
use crate::discussion::places::PlaceId;
use crate::discussion::store::{self as said_store, NewSaid};
use crate::ids::new_id;
use crate::sessions::after::model::State;
use crate::sessions::after::store::{self, Outcome};
use crate::sessions::after::store_actions::{self, Doing};
use crate::sessions::store_lines::Writer;
use crate::time::{DAY, HOUR, Moment};
use crate::viewer::PersonId;

/// What is told of an invented session.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InventedAfter {
    #[serde(default)]
    tip: Vec<InventedTold>,
    #[serde(default)]
    outcome: Vec<InventedTold>,
    #[serde(default)]
    action: Vec<InventedAction>,
    #[serde(default)]
    said: Vec<InventedTold>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InventedTold {
    by: String,
    text: String,
    #[serde(default)]
    line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InventedAction {
    by: String,
    what: String,
    owner: String,
    days: i64,
    #[serde(default)]
    state: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    line: usize,
}

/// The people who tell, found before the change begins.
pub struct Tellers(Vec<(String, Writer)>);

impl Tellers {
    fn called(&self, address: &str) -> Writer {
        let found = self.0.iter().find(|(one, _)| one == address);
        found.map_or_else(Writer::default, |(_, writer)| writer.clone())
    }

    /// The account of whom an action names.
    fn named(&self, name: &str) -> Option<PersonId> {
        // Invented people bear the name of their place behind their own.
        let begins = format!("{name} (");
        let found = self.0.iter().find(|(_, writer)| {
            !name.is_empty() && (writer.name == name || writer.name.starts_with(&begins))
        });
        found.and_then(|(_, writer)| writer.person.clone())
    }
}

impl InventedAfter {
    /// Finds the people who tell.
    pub async fn tellers(&self, db: &Db) -> Result<Tellers> {
        let told = self.tip.iter().chain(&self.outcome).chain(&self.said);
        let told = told.map(|one| &one.by);
        let mut addresses: Vec<&String> =
            told.chain(self.action.iter().map(|one| &one.by)).collect();
        addresses.sort();
        addresses.dedup();
        let mut found = Vec::with_capacity(addresses.len());
        for address in addresses {
            let one = author(db, address).await?;
            let writer = Writer {
                person: one.id.map(PersonId),
                guest: String::new(),
                name: one.name,
            };
            found.push((address.clone(), writer));
        }
        Ok(Tellers(found))
    }

    /// Tells it of a session whose lines have these ids, from a moment on.
    pub async fn tell(
        &self,
        tx: &Tx,
        (session, lines): (&str, &[String]),
        tellers: &Tellers,
        from: Moment,
    ) -> Result<()> {
        let line = |number: usize| -> String {
            let found = number.checked_sub(1).and_then(|at| lines.get(at));
            found.cloned().unwrap_or_default()
        };
        for one in &self.tip {
            let writer = tellers.called(&one.by);
            store::keep_tip(tx, session, &one.text, &writer, from).await?;
        }
        for (one, at) in self.outcome.iter().zip(1_i64..) {
            let outcome = Outcome {
                text: one.text.clone(),
                line: line(one.line),
                subject: None,
            };
            let (id, at) = (new_id(from), from.plus(at * 60_000));
            let writer = tellers.called(&one.by);
            store::add_outcome(tx, (session, &id), &outcome, &writer, at).await?;
        }
        for one in &self.action {
            act(tx, (session, line(one.line)), one, tellers, from).await?;
        }
        self.say(tx, session, tellers, from.plus(2 * DAY)).await
    }

    /// Asks and answers in one thread.
    async fn say(&self, tx: &Tx, session: &str, tellers: &Tellers, from: Moment) -> Result<()> {
        let place = PlaceId::Session(session.to_owned());
        let mut thread = None;
        for (one, at) in self.said.iter().zip(0_i64..) {
            let (id, now) = (new_id(from), from.plus(at * 5 * HOUR));
            let writer = tellers.called(&one.by);
            let new = NewSaid {
                id: &id,
                place: &place,
                what: What::Comment,
                is_held: false,
                thread,
                base: 0,
                now,
                author_id: writer.person.as_ref().map(|person| person.0.as_str()),
                author_name: &writer.name,
                secret_hash: None,
                note: "",
                words: &one.text,
            };
            let number = said_store::insert(tx, &new).await?;
            thread = thread.or(Some(number));
        }
        Ok(())
    }
}

async fn act(
    tx: &Tx,
    (session, line): (&str, String),
    invented: &InventedAction,
    tellers: &Tellers,
    from: Moment,
) -> Result<()> {
    let writer = tellers.called(&invented.by);
    let owner = tellers.named(&invented.owner);
    let due_on = match invented.days {
        0 => String::new(),
        days => from.plus(days * DAY).local_day(),
    };
    let mut doing = Doing {
        what: invented.what.clone(),
        line,
        owner_name: match owner {
            Some(_) => String::new(),
            None => invented.owner.clone(),
        },
        owner,
        due_on,
        state: State::Open.name(),
        why: String::new(),
    };
    let id = new_id(from);
    store_actions::add(tx, (session, &id), &doing, &writer, from).await?;
    if let Some(state) = State::parse(&invented.state) {
        doing.state = state.name();
        doing.why.clone_from(&invented.why);
        let later = from.plus(invented.days * DAY);
        store_actions::step(tx, (&id, 1), &doing, &writer, later).await?;
    }
    Ok(())
}
