//! What people do here most, in one word each.

use crate::browser::Browser;
use crate::page::Page;

impl Browser {
    /// Writes a page of this kind down through its form and says where it is.
    pub async fn writes(&self, plural: &str, fields: &[(&str, &str)]) -> String {
        let mut form = self
            .get(&format!("/{plural}/new"))
            .await
            .form(&format!("/{plural}"));
        for (name, value) in fields {
            form = form.with(name, value);
        }
        let to = self.submit(&form).await.is(303).leads_to();
        let address = to.split('?').next().unwrap();
        address.trim_end_matches("/edit").to_owned()
    }

    /// Writes a hurdle down under "Access".
    pub async fn writes_hurdle(&self, title: &str, fields: &[(&str, &str)]) -> String {
        let mut all = vec![("title", title), ("heading", "access")];
        all.extend_from_slice(fields);
        self.writes("hurdles", &all).await
    }

    /// Writes a cure from below.
    pub async fn writes_solution(&self, title: &str, fields: &[(&str, &str)]) -> String {
        let mut all = vec![
            ("title", title),
            ("kind", "cure"),
            ("direction", "below"),
            ("effort", "days"),
            ("alone", "no"),
        ];
        all.extend_from_slice(fields);
        self.writes("solutions", &all).await
    }

    /// Writes a guide.
    pub async fn writes_guide(&self, title: &str, fields: &[(&str, &str)]) -> String {
        let mut all = vec![("title", title)];
        all.extend_from_slice(fields);
        self.writes("guides", &all).await
    }

    /// Adds what a hurdle's evidence says.
    pub async fn writes_evidence(&self, title: &str, fields: &[(&str, &str)]) -> String {
        let mut all = vec![
            ("title", title),
            ("kind", "figures"),
            ("strength", "measured"),
            ("source", "Audit Office"),
            ("date", "2026-03"),
            ("points", "for"),
        ];
        all.extend_from_slice(fields);
        self.writes("evidence", &all).await
    }

    /// Opens the form of the whole page, changes these fields and saves.
    pub async fn changes(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        let mut form = self
            .get(&format!("{address}/edit"))
            .await
            .form("/revisions");
        for (name, value) in fields {
            form = form.with(name, value);
        }
        self.submit(&form).await
    }

    /// The same, and it must have been saved; says where the page is now.
    pub async fn changed(&self, address: &str, fields: &[(&str, &str)]) -> String {
        let saved = self.changes(address, fields).await;
        let to = saved.is(303).leads_to();
        to.split('?').next().unwrap().to_owned()
    }

    /// The addresses that a search finds, best first.
    pub async fn finds(&self, words: &str) -> Vec<String> {
        let query: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let address = format!("/search?q={query}");
        self.world.waits_for_its_index().await;
        let page = self.get(&address).await;
        let is_record = |link: &String| {
            let (_, rest) = link
                .trim_start_matches('/')
                .split_once('/')
                .unwrap_or_default();
            rest.starts_with(|c: char| c.is_ascii_digit())
        };
        page.is(200).links().into_iter().filter(is_record).collect()
    }

    /// Says something below a page through its form.
    pub async fn says(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        let mut form = self.get(address).await.is(200).form("/said");
        for (name, value) in fields {
            form = form.with(name, value);
        }
        self.submit(&form).await
    }

    /// Decides what waits for a steward: `accept` or `refuse` the first item that says this.
    pub async fn decides(&self, act: &str, words: &str, why: &str) -> Page {
        let queue = self.get("/desk/held").await;
        queue.is(200).says(words);
        let form = queue.form("/desk/held/decisions");
        let item = queue.all("section.held").into_iter();
        let at = item.enumerate().find(|(_, text)| text.contains(words));
        let numbers: Vec<String> = numbers_in(&queue);
        let number = numbers[at.unwrap().0].clone();
        let form = form.with(act, &number);
        self.submit(&form.with(&format!("why-{number}"), why)).await
    }
}

/// The numbers of the items in the stewards' queue, in their order.
fn numbers_in(queue: &Page) -> Vec<String> {
    let ids = queue.body.split("id=\"item-").skip(1);
    ids.map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}
