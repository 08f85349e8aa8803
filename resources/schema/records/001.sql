-- What cannot be fetched again: never thrown away, backed up before a migration.
CREATE TABLE report_history(
    id INTEGER PRIMARY KEY AUTOINCREMENT, site TEXT NOT NULL, definition TEXT NOT NULL, made INTEGER NOT NULL,
    range_from INTEGER NOT NULL, range_to INTEGER NOT NULL, format TEXT NOT NULL, file TEXT NOT NULL,
    sha256 TEXT NOT NULL, cached INTEGER NOT NULL);
