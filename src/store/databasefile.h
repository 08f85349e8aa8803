#pragma once
// One SQLite file of the profile: one writing connection, a few readers, the schema at the version of this program. Any
// thread; a call holds its connection until it returns.
#include "store/sqlite.h"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace andon::store
{

struct Schema {
    std::uint32_t applicationId = 0;
    std::vector<std::string> steps = {}; ///< step i brings version i to i + 1
    bool disposable = false; ///< a cache: a broken one is moved to quarantine/ and begun anew
    bool durable = false; ///< synchronous FULL, backed up before a migration
};

[[nodiscard]] const Schema &cacheSchema();
[[nodiscard]] const Schema &recordsSchema();

/// Making, migrating and quarantining are for the process that holds the profile's lock. A guest beside it only opens
/// what is there.
enum class Rights { Holder, Guest };

class DatabaseFile
{
public:
    /// Closes the file and marks it as left in order: as long as it stays as it is, opening it does not read it all.
    ~DatabaseFile();
    /// Storage errors carry a hint: "newer" (made by a newer Andon: refused, untouched), "corrupt" (records: refused,
    /// untouched), "foreign" (another program's file). For a guest also "absent" and "older", and a broken cache is
    /// "corrupt". A broken cache that is found out later is "broken-cache": the next holder begins it anew.
    [[nodiscard]] static core::Result<std::unique_ptr<DatabaseFile>> open(const std::string &path, const Schema &schema,
                                                                          Rights rights = Rights::Holder);

    using Work = std::function<core::Result<void>(Database &)>;
    /// In one transaction; rolled back when `work` fails.
    [[nodiscard]] core::Result<void> write(const Work &work);
    [[nodiscard]] core::Result<void> read(const Work &work);
    /// On the writing connection, but in no transaction: for what SQLite does only outside of one.
    [[nodiscard]] core::Result<void> alone(const Work &work);
    /// read() that gives a value.
    template <typename T> [[nodiscard]] core::Result<T> get(const std::function<core::Result<T>(Database &)> &work)
    {
        core::Result<T> value = core::fail(core::ErrorKind::Storage, m_path, "not read");
        const auto done = read([&](Database &db) -> core::Result<void> {
            value = work(db);
            return value ? core::Result<void>() : core::fail(value.error());
        });
        if (!done)
            return core::fail(done.error());
        return value;
    }
    /// Where a broken file was moved to when this one was begun anew, "" otherwise.
    [[nodiscard]] const std::string &quarantined() const { return m_quarantined; }

private:
    DatabaseFile(std::string path, bool disposable, Database writer)
        : m_path(std::move(path))
        , m_disposable(disposable)
        , m_writer(std::move(writer))
    {
    }
    /// Marks a cache that turns out to be broken, so that the next start begins it anew.
    core::Result<void> judged(core::Result<void> done) const;
    std::string m_path;
    bool m_disposable = false;
    std::string m_quarantined;
    std::mutex m_writing;
    Database m_writer;
    std::mutex m_mutex;
    std::vector<Database> m_readers; ///< idle ones
};

} // namespace andon::store
