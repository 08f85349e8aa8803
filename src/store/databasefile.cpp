#include "store/databasefile.h"

#include "store/schemas.h"

#include <QDateTime>

#include <filesystem>

namespace andon::store
{

namespace
{

namespace fs = std::filesystem;

core::Error refusal(const std::string &path, const std::string &hint, const std::string &detail)
{
    return {.kind = core::ErrorKind::Storage, .where = path, .detail = detail, .hint = hint};
}

/// The file with its -wal and -shm: they belong together.
core::Result<std::string> quarantine(const std::string &path)
{
    const std::string stamp =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz'Z'")).toStdString();
    const fs::path folder = fs::path(path).parent_path() / "quarantine" / stamp;
    std::error_code failed;
    fs::create_directories(folder, failed);
    for (const char *suffix : {"", "-wal", "-shm"})
        if (!failed && fs::exists(path + suffix))
            fs::rename(path + suffix, folder / (fs::path(path).filename().string() + suffix), failed);
    if (failed)
        return core::fail(core::ErrorKind::Storage, path, "cannot be moved to quarantine: " + failed.message());
    return folder.string();
}

core::Result<void> migrate(Database &db, const std::string &path, const Schema &schema, std::int64_t version)
{
    if (schema.durable && version > 0) {
        Statement backup(db, "VACUUM INTO ?");
        if (auto done = backup.bind(path + ".before-" + std::to_string(version + 1)).execute(); !done)
            return done;
    }
    Transaction transaction(db);
    if (auto started = transaction.started(); !started)
        return started;
    // Another process may have migrated while we waited for the lock.
    const auto now = db.number("PRAGMA user_version");
    if (!now)
        return core::fail(now.error());
    for (auto step = static_cast<std::size_t>(*now); step < schema.steps.size(); ++step)
        if (auto done = db.run(schema.steps[step]); !done)
            return done;
    if (auto done = db.run("PRAGMA application_id=" + std::to_string(schema.applicationId)
                           + "; PRAGMA user_version=" + std::to_string(schema.steps.size()));
        !done)
        return done;
    return transaction.commit();
}

core::Result<Database> openChecked(const std::string &path, const Schema &schema)
{
    auto db = Database::open(path, Database::Mode::Writer);
    if (!db)
        return db;
    const auto id = db->number("PRAGMA application_id");
    const auto version = db->number("PRAGMA user_version");
    const auto tables = db->number("SELECT count(*) FROM sqlite_schema");
    for (const auto *answer : {&id, &version, &tables})
        if (!*answer)
            return core::fail(answer->error());
    if (static_cast<std::uint32_t>(*id) != schema.applicationId && *tables > 0)
        return core::fail(refusal(path, "foreign", "this file belongs to another program"));
    if (*version > static_cast<std::int64_t>(schema.steps.size()))
        return core::fail(refusal(path, "newer",
                                  "made by a newer Andon (schema " + std::to_string(*version) + ", this program knows "
                                      + std::to_string(schema.steps.size()) + ")"));
    if (auto sound = db->quickCheck(150); !sound)
        return core::fail(sound.error());
    if (*version < static_cast<std::int64_t>(schema.steps.size()))
        if (auto done = migrate(*db, path, schema, *version); !done)
            return core::fail(done.error());
    if (schema.durable)
        if (auto done = db->run("PRAGMA synchronous=FULL"); !done)
            return core::fail(done.error());
    return db;
}

} // namespace

const Schema &cacheSchema()
{
    static const Schema schema{.applicationId = 0x416e6443, .steps = {schemas::cache001}, .disposable = true};
    return schema;
}

const Schema &recordsSchema()
{
    static const Schema schema{.applicationId = 0x416e6452, .steps = {schemas::records001}, .durable = true};
    return schema;
}

core::Result<std::unique_ptr<DatabaseFile>> DatabaseFile::open(const std::string &path, const Schema &schema)
{
    auto db = openChecked(path, schema);
    std::string moved;
    if (!db && schema.disposable && (db.error().hint == "corrupt" || db.error().hint == "foreign")) {
        auto folder = quarantine(path);
        if (!folder)
            return core::fail(folder.error());
        moved = *folder;
        db = openChecked(path, schema);
    }
    if (!db)
        return core::fail(db.error());
    std::unique_ptr<DatabaseFile> file(new DatabaseFile(path, std::move(*db)));
    file->m_quarantined = moved;
    return file;
}

core::Result<void> DatabaseFile::write(const Work &work)
{
    const std::scoped_lock lock(m_writing);
    Transaction transaction(m_writer);
    if (auto started = transaction.started(); !started)
        return started;
    if (auto done = work(m_writer); !done)
        return done;
    return transaction.commit();
}

core::Result<void> DatabaseFile::read(const Work &work)
{
    Database reader;
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_readers.empty()) {
            reader = std::move(m_readers.back());
            m_readers.pop_back();
        }
    }
    if (!reader.handle()) {
        auto opened = Database::open(m_path, Database::Mode::Reader);
        if (!opened)
            return core::fail(opened.error());
        reader = std::move(*opened);
    }
    auto done = work(reader);
    const std::scoped_lock lock(m_mutex);
    if (m_readers.size() < 4)
        m_readers.push_back(std::move(reader));
    return done;
}

} // namespace andon::store
