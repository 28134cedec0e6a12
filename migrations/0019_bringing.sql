-- Which program a wiki was written in: `dokuwiki`, `mediawiki`, or `markdown` for a folder of notes.
ALTER TABLE wiki ADD COLUMN kind TEXT NOT NULL DEFAULT 'dokuwiki';

-- The number that a revision had in its wiki, which old addresses name.
ALTER TABLE wiki_text ADD COLUMN old_number BIGINT;
CREATE INDEX wiki_text_old_number ON wiki_text (old_number);

-- Other names of pages: what redirected there, and what a page says of itself.
CREATE TABLE wiki_alias (
    wiki_id TEXT NOT NULL REFERENCES wiki (id),
    alias TEXT NOT NULL,
    page TEXT NOT NULL,
    PRIMARY KEY (wiki_id, alias)
);
CREATE INDEX wiki_alias_name ON wiki_alias (alias);
