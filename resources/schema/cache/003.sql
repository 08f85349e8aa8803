-- Answers can be megabytes, and without a row id each comparison of a key copies the whole row that it is compared with:
-- here the keys have an index of their own.
ALTER TABLE answer RENAME TO answer_before;
CREATE TABLE answer(
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    kind TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL,
    UNIQUE(source, kind, key));
INSERT INTO answer SELECT source, kind, key, at, body FROM answer_before;
DROP TABLE answer_before;
