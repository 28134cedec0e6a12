-- What a file was before is a file of its own, on the same page and out of the lists: its bytes are
-- checked, carried, counted and erased like any other's.
ALTER TABLE attachment ADD COLUMN is_older BOOLEAN NOT NULL DEFAULT FALSE;

-- The history of a file in the wiki that it came from: what was done with it, when, by whom, and
-- which file here has the bytes; none where it was deleted then or its bytes did not come.
CREATE TABLE file_version (
    wiki_id TEXT NOT NULL REFERENCES wiki (id),
    file TEXT NOT NULL,
    second BIGINT NOT NULL,
    act TEXT NOT NULL,
    author TEXT NOT NULL,
    summary TEXT NOT NULL,
    attachment BIGINT,
    PRIMARY KEY (wiki_id, file, second)
);
CREATE INDEX file_version_attachment ON file_version (attachment);
CREATE INDEX file_version_file ON file_version (file, second);

-- Files that came before their histories did.
INSERT INTO file_version (wiki_id, file, second, act, author, summary, attachment)
SELECT wiki_id, file, second, 'create', 'Not known', '', attachment FROM wiki_file;
