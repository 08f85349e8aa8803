#include "store/sqlite.h"

#include <sqlite3.h>

#include <chrono>

namespace andon::store
{

namespace
{
bool isCorrupt(int code)
{
    return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}
} // namespace

Database::~Database()
{
    sqlite3_close_v2(m_db);
}

Database::Database(Database &&other) noexcept
    : m_db(std::exchange(other.m_db, nullptr))
    , m_path(std::move(other.m_path))
{
}

Database &Database::operator=(Database &&other) noexcept
{
    std::swap(m_db, other.m_db);
    std::swap(m_path, other.m_path);
    return *this;
}

core::Result<Database> Database::open(const std::string &path, Mode mode)
{
    Database db;
    db.m_path = path;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (mode == Mode::Writer ? SQLITE_OPEN_CREATE : 0);
    if (sqlite3_open_v2(path.c_str(), &db.m_db, flags, nullptr) != SQLITE_OK)
        return core::fail(db.error("open"));
    if (auto guarded = db.guard(mode); !guarded)
        return core::fail(guarded.error());
    return db;
}

std::string Database::version()
{
    return sqlite3_libversion();
}

core::Result<void> Database::guard(Mode mode)
{
    sqlite3_extended_result_codes(m_db, 1);
    sqlite3_busy_timeout(m_db, 5000);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(m_db, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
    sqlite3_limit(m_db, SQLITE_LIMIT_SQL_LENGTH, 100'000);
    sqlite3_limit(m_db, SQLITE_LIMIT_ATTACHED, 0);
    if (auto done = run("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON;"
                        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;");
        !done)
        return done;
    if (mode == Mode::Writer)
        return run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;");
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return run("PRAGMA query_only=1; PRAGMA wal_autocheckpoint=0;");
}

core::Error Database::error(const std::string &what) const
{
    const int code = m_db ? sqlite3_errcode(m_db) : SQLITE_NOMEM;
    core::Error error{.kind = core::ErrorKind::Storage,
                      .where = m_path + " " + what,
                      .detail = m_db ? sqlite3_errmsg(m_db) : "out of memory"};
    if (isCorrupt(code))
        error.hint = "corrupt";
    else if ((code & 0xff) == SQLITE_FULL)
        error.hint = "disk-full";
    else if ((code & 0xff) == SQLITE_BUSY)
        error.hint = "busy";
    return error;
}

core::Result<void> Database::run(const std::string &sql)
{
    if (sqlite3_exec(m_db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return core::fail(error(sql.substr(0, 60)));
    return {};
}

core::Result<std::int64_t> Database::number(const std::string &sql)
{
    Statement statement(*this, sql);
    const std::int64_t value = statement.next() ? statement.number(0) : 0;
    if (auto done = statement.done(); !done)
        return core::fail(done.error());
    return value;
}

core::Result<void> Database::quickCheck(std::int64_t budgetMs)
{
    using Clock = std::chrono::steady_clock;
    auto until = Clock::now() + std::chrono::milliseconds(budgetMs);
    sqlite3_progress_handler(
        m_db, 10'000, [](void *end) { return Clock::now() > *static_cast<Clock::time_point *>(end) ? 1 : 0; }, &until);
    Statement statement(*this, "PRAGMA quick_check(1)");
    const bool answered = statement.next();
    const std::string verdict = answered ? statement.text(0) : std::string();
    sqlite3_progress_handler(m_db, 0, nullptr, nullptr);
    if (answered && verdict != "ok")
        return core::fail(core::Error{
            .kind = core::ErrorKind::Storage, .where = m_path + " quick_check", .detail = verdict, .hint = "corrupt"});
    if (auto done = statement.done(); !done && done.error().hint == "corrupt")
        return done;
    return {};
}

core::Result<void> Database::copyTo(const std::string &file)
{
    if (auto full = run("PRAGMA synchronous=FULL"); !full)
        return full;
    const int before = sqlite3_limit(m_db, SQLITE_LIMIT_ATTACHED, 1); // it attaches the copy
    Statement into(*this, "VACUUM INTO ?");
    auto done = into.bind(file).execute();
    sqlite3_limit(m_db, SQLITE_LIMIT_ATTACHED, before);
    return done;
}

core::Result<void> Database::rewrite(bool gradual)
{
    const int before = sqlite3_limit(m_db, SQLITE_LIMIT_ATTACHED, 1);
    auto done = run(std::string("PRAGMA auto_vacuum=") + (gradual ? "2" : "0") + "; VACUUM");
    sqlite3_limit(m_db, SQLITE_LIMIT_ATTACHED, before);
    return done;
}

std::int64_t Database::lastRowId() const
{
    return sqlite3_last_insert_rowid(m_db);
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_db);
}

Statement::Statement(Database &db, std::string_view sql)
    : m_db(db)
{
    check(sqlite3_prepare_v3(db.handle(), sql.data(), static_cast<int>(sql.size()), 0, &m_statement, nullptr));
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

void Statement::check(int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW && !m_error)
        m_error = m_db.error(m_statement ? sqlite3_sql(m_statement) : "prepare");
}

void Statement::rewind()
{
    if (m_statement)
        sqlite3_reset(m_statement);
}

bool Statement::next()
{
    if (m_error || !m_statement)
        return false;
    const int code = sqlite3_step(m_statement);
    check(code);
    if (code == SQLITE_ROW)
        return true;
    rewind();
    return false;
}

core::Result<void> Statement::execute()
{
    while (next()) { }
    return done();
}

core::Result<void> Statement::done() const
{
    if (m_error)
        return core::fail(*m_error);
    return {};
}

void Statement::bindOne(int at, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement, at, value));
}

void Statement::bindOne(int at, double value)
{
    check(sqlite3_bind_double(m_statement, at, value));
}

void Statement::bindOne(int at, const std::string &text)
{
    check(sqlite3_bind_text(m_statement, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT));
}

void Statement::bindOne(int at, std::string_view blob)
{
    check(blob.data() ? sqlite3_bind_blob(m_statement, at, blob.data(), static_cast<int>(blob.size()), SQLITE_TRANSIENT)
                      : sqlite3_bind_null(m_statement, at));
}

void Statement::bindOne(int at, std::nullopt_t)
{
    check(sqlite3_bind_null(m_statement, at));
}

std::int64_t Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

std::string Statement::text(int column) const
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return data ? std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)))
                : std::string();
}

std::string_view Statement::blob(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)))
                : std::string_view();
}

bool Statement::null(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

Transaction::Transaction(Database &db)
    : m_db(db)
    , m_started(db.run("BEGIN IMMEDIATE"))
    , m_open(m_started.has_value())
{
}

Transaction::~Transaction()
{
    if (m_open)
        (void)m_db.run("ROLLBACK");
}

core::Result<void> Transaction::commit()
{
    if (!m_started)
        return m_started;
    auto done = m_db.run("COMMIT");
    m_open = !done.has_value();
    return done;
}

} // namespace andon::store
