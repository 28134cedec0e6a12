-- What a trial said before it was told otherwise. A trial that was never changed has no rows here: its
-- first version is the trial itself.
CREATE TABLE trial_revision (
    trial_id TEXT NOT NULL REFERENCES trial (id),
    seq BIGINT NOT NULL,
    act TEXT NOT NULL,
    facts TEXT,
    author_id TEXT REFERENCES person (id),
    at BIGINT NOT NULL,
    content_hash TEXT NOT NULL,
    chain_hash TEXT NOT NULL,
    erased_at BIGINT,
    erased_why TEXT,
    PRIMARY KEY (trial_id, seq)
);
CREATE INDEX trial_revision_author ON trial_revision (author_id);
CREATE INDEX trial_revision_at ON trial_revision (at, trial_id, seq);
CREATE INDEX trial_told_at ON trial (told_at, id);

-- The number of the version that stands.
ALTER TABLE trial ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Trials with words of their own are found by search from now on.
INSERT INTO index_change (position, record_id)
SELECT c.value + t.number, t.id
FROM trial t, counter c
WHERE c.name = 'index-position' AND (t.learned <> '' OR t.differently <> '');
UPDATE counter
SET value = value + COALESCE((SELECT t.value FROM counter t WHERE t.name = 'trial'), 0)
WHERE name = 'index-position';

-- In which order items about one thing are shown stands beside the tie: a page of them is read from the
-- index, however many there are.
ALTER TABLE evidence_tie ADD COLUMN weight BIGINT NOT NULL DEFAULT 0;
ALTER TABLE evidence_tie ADD COLUMN told_on TEXT NOT NULL DEFAULT '';
UPDATE evidence_tie
SET weight = COALESCE((SELECT e.weight FROM evidence e WHERE e.number = evidence_tie.evidence), 0),
    told_on = COALESCE((SELECT e.told_on FROM evidence e WHERE e.number = evidence_tie.evidence), '');
CREATE INDEX evidence_tie_order ON evidence_tie (kind, number, weight, told_on, evidence);
DROP INDEX evidence_tie_about;
