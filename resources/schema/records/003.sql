-- What changed on the Floor while a desktop watched; only the newest are kept. Times: UTC milliseconds. Levels:
-- 0 running, 1 info, 2 warning, 3 major, 4 critical. kind: 0 station, 1 alert.
CREATE TABLE notice(
    id INTEGER PRIMARY KEY AUTOINCREMENT, site TEXT NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL,
    subject TEXT NOT NULL, name TEXT NOT NULL, about TEXT NOT NULL, state_before TEXT NOT NULL,
    state_after TEXT NOT NULL, level_before INTEGER NOT NULL, level_after INTEGER NOT NULL, link TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0);
