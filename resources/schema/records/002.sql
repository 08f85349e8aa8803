-- Who is on it: an alert, a finding or the state of a station, acknowledged with a note. Times: UTC milliseconds, 0: none.
CREATE TABLE acknowledgement(
    id INTEGER PRIMARY KEY AUTOINCREMENT, site TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
    state TEXT NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0, withdrawn_by TEXT NOT NULL DEFAULT '');
CREATE INDEX acknowledgement_of ON acknowledgement(site, kind, subject);
