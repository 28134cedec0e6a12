/// What somebody asks, and what they may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// As typed; anything is allowed, and nothing in it is a command. Empty means: show all.
    pub words: String,
    /// Only these kinds; empty means every kind.
    pub kinds: Vec<String>,
    /// Only documents with these values. Values of one name are alternatives; different names
    /// must all hold.
    pub facets: Vec<(String, String)>,
    /// Who is asking: a document is found if it is seen by any of these. Empty finds nothing.
    pub seen_by: Vec<String>,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give, 200 at most.
    pub limit: usize,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            words: String::new(),
            kinds: Vec::new(),
            facets: Vec::new(),
            seen_by: Vec::new(),
            offset: 0,
            limit: 20,
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// How many documents hold something of what was asked.
    pub total: usize,
    /// The ones asked for, best first.
    pub hits: Vec<Hit>,
    /// How many there are of each value, the kind among them.
    pub facet_counts: Vec<FacetCount>,
    /// The question with its typing mistakes mended, where that is what led to the first hit.
    pub corrected: Option<String>,
}

/// How many of the documents found have a value; a filter on the same name does not narrow it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FacetCount {
    /// The facet, or `kind`.
    pub name: String,
    /// One of its values.
    pub value: String,
    /// How many documents have it.
    pub count: usize,
}

/// One document found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hit {
    /// The document's id.
    pub id: String,
    /// The document's kind.
    pub kind: String,
    /// The document's number within its kind.
    pub number: i64,
    /// The document's title, as written.
    pub title: String,
    /// How much of the question the document answers at all, from 0 to 1; where the best hit is
    /// under 0.25, it is a guess. The order of hits also weighs how well and how often.
    pub score: f32,
    /// The passage that fits best, as plain text.
    pub snippet: Vec<Fragment>,
}

/// A run of a passage's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// Plain text, not yet escaped for any page.
    pub text: String,
    /// Whether it is what was asked for.
    pub marked: bool,
}
