#pragma once
// A thin typed wrapper over the sqlite3 C API. A connection belongs to one thread at a time.
#include "core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace andon::store
{

/// One connection, opened with every guard of reference reliability-and-security 1.1.
class Database
{
public:
    enum class Mode { Writer, Reader };

    Database() = default;
    ~Database();
    Database(Database &&other) noexcept;
    Database &operator=(Database &&other) noexcept;
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Creates the file for a writer. Storage on failure; hint "corrupt" when the file is no sound database.
    [[nodiscard]] static core::Result<Database> open(const std::string &path, Mode mode);

    [[nodiscard]] static std::string version(); ///< of SQLite: "3.40.1"
    /// Statements without parameters, separated by semicolons.
    [[nodiscard]] core::Result<void> run(const std::string &sql);
    /// One integer of one row: PRAGMA user_version.
    [[nodiscard]] core::Result<std::int64_t> number(const std::string &sql);
    /// Reads the whole file's structure, giving up (as sound) after the budget.
    [[nodiscard]] core::Result<void> quickCheck(std::int64_t budgetMs);
    /// The whole content into a new file, on the disk when it returns.
    [[nodiscard]] core::Result<void> copyTo(const std::string &file);
    /// Writes the whole file anew, without its free pages. gradual: from now on it can give back a few at a time.
    [[nodiscard]] core::Result<void> rewrite(bool gradual);
    [[nodiscard]] core::Error error(const std::string &what) const;
    [[nodiscard]] std::int64_t lastRowId() const;
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] sqlite3 *handle() const { return m_db; }

private:
    core::Result<void> guard(Mode mode);
    sqlite3 *m_db = nullptr;
    std::string m_path;
};

/// A prepared statement. The first failure is remembered and given by done(); reads after it give nothing.
class Statement
{
public:
    Statement(Database &db, std::string_view sql);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    /// Binds all parameters in order and makes the statement ready to run (again).
    template <typename... Values> Statement &bind(const Values &...values)
    {
        rewind();
        int at = 0;
        (bindOne(++at, values), ...);
        return *this;
    }
    [[nodiscard]] bool next(); ///< false at the end or on failure
    /// Runs to the end; for statements without rows.
    [[nodiscard]] core::Result<void> execute();
    [[nodiscard]] core::Result<void> done() const; ///< what went wrong, if anything

    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const; ///< valid until next()
    [[nodiscard]] bool null(int column) const;

private:
    void rewind();
    void bindOne(int at, std::int64_t value);
    void bindOne(int at, int value) { bindOne(at, static_cast<std::int64_t>(value)); }
    void bindOne(int at, bool value) { bindOne(at, static_cast<std::int64_t>(value)); }
    void bindOne(int at, double value);
    void bindOne(int at, const std::string &text);
    void bindOne(int at, const char *text) { bindOne(at, std::string(text)); }
    void bindOne(int at, std::string_view blob); ///< a BLOB; nullptr data is NULL
    void bindOne(int at, std::nullopt_t);
    template <typename T> void bindOne(int at, const std::optional<T> &value)
    {
        value ? bindOne(at, *value) : bindOne(at, std::nullopt);
    }
    void check(int code);

    Database &m_db;
    sqlite3_stmt *m_statement = nullptr;
    std::optional<core::Error> m_error;
};

/// BEGIN IMMEDIATE … COMMIT; rolls back when it dies without commit().
class Transaction
{
public:
    explicit Transaction(Database &db);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    [[nodiscard]] core::Result<void> started() const { return m_started; }
    [[nodiscard]] core::Result<void> commit();

private:
    Database &m_db;
    core::Result<void> m_started;
    bool m_open = false;
};

} // namespace andon::store
