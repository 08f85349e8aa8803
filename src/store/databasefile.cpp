#include "store/databasefile.h"

#include "store/schemas.h"

#include <QDateTime>

#include <array>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>

namespace andon::store
{

namespace
{

namespace fs = std::filesystem;

constexpr std::uintmax_t kHeaderBytes = 100; // of every SQLite file

core::Error refusal(const std::string &path, const std::string &hint, const std::string &detail)
{
    return {.kind = core::ErrorKind::Storage, .where = path, .detail = detail, .hint = hint};
}

std::string brokenMark(const std::string &path)
{
    return path + ".broken";
}

std::string soundMark(const std::string &path)
{
    return path + ".sound";
}

/// Which file it is, how long, and when it was written last; "" when its last writer did not close it.
std::string identity(const std::string &path)
{
    struct stat at = {};
    std::error_code failed;
    if (fs::exists(path + "-wal", failed) || ::stat(path.c_str(), &at) != 0)
        return {};
    return std::to_string(at.st_ino) + " " + std::to_string(at.st_size) + " " + std::to_string(at.st_mtim.tv_sec) + "."
        + std::to_string(at.st_mtim.tv_nsec);
}

/// Whoever writes to the file from now on changes its identity: file systems count in ticks, this time is none of them.
void markSound(const std::string &path)
{
    timespec times[2] = {{0, UTIME_OMIT}, {}};
    ::clock_gettime(CLOCK_REALTIME, &times[1]);
    if (identity(path).empty() || ::utimensat(AT_FDCWD, path.c_str(), times, 0) != 0)
        return;
    std::ofstream(soundMark(path)) << identity(path);
}

bool isAsItWasLeft(const std::string &path)
{
    std::string marked;
    std::getline(std::ifstream(soundMark(path)), marked);
    return !marked.empty() && marked == identity(path);
}

/// The file with its -wal and -shm: they belong together.
core::Result<std::string> quarantine(const std::string &path)
{
    const std::string stamp =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz'Z'")).toStdString();
    const fs::path folder = fs::path(path).parent_path() / "quarantine" / stamp;
    std::error_code failed;
    fs::create_directories(folder, failed);
    for (const char *suffix : {"", "-wal", "-shm", ".broken", ".sound"})
        if (!failed && fs::exists(path + suffix))
            fs::rename(path + suffix, folder / (fs::path(path).filename().string() + suffix), failed);
    if (failed)
        return core::fail(core::ErrorKind::Storage, path, "cannot be moved to quarantine: " + failed.message());
    return folder.string();
}

/// A copy beside the file. One of an earlier, failed migration is written over: it has the same content.
core::Result<void> backUp(Database &db, const std::string &path, std::int64_t version)
{
    const std::string copy = path + ".before-" + std::to_string(version + 1);
    std::error_code failed;
    fs::remove(copy + ".new", failed);
    if (auto done = db.copyTo(copy + ".new"); !done)
        return done;
    fs::rename(copy + ".new", copy, failed);
    if (failed)
        return core::fail(core::ErrorKind::Storage, copy, failed.message());
    return {};
}

core::Result<void> migrate(Database &db, const std::string &path, const Schema &schema, std::int64_t version)
{
    if (schema.durable && version > 0)
        if (auto kept = backUp(db, path, version); !kept)
            return kept;
    Transaction transaction(db);
    if (auto started = transaction.started(); !started)
        return started;
    for (auto step = static_cast<std::size_t>(version); step < schema.steps.size(); ++step)
        if (auto done = db.run(schema.steps[step]); !done)
            return done;
    if (auto done = db.run("PRAGMA application_id=" + std::to_string(schema.applicationId)
                           + "; PRAGMA user_version=" + std::to_string(schema.steps.size()));
        !done)
        return done;
    return transaction.commit();
}

/// Under another name first: a file of the right name is always a whole one.
core::Result<void> make(const std::string &path, const Schema &schema)
{
    const std::string fresh = path + ".new";
    std::error_code failed;
    for (const char *suffix : {"", "-wal", "-shm"})
        fs::remove(fresh + suffix, failed);
    {
        auto db = Database::open(fresh, Database::Mode::Writer);
        if (!db)
            return core::fail(db.error());
        if (schema.disposable) // so that it can shrink in small steps
            if (auto done = db->rewrite(true); !done)
                return done;
        if (auto done = migrate(*db, fresh, schema, 0); !done)
            return done;
    }
    fs::rename(fresh, path, failed);
    if (failed)
        return core::fail(core::ErrorKind::Storage, path, failed.message());
    return {};
}

/// Shorter than its header says. SQLite itself does not see that a part of the last page is missing.
/// https://www.sqlite.org/fileformat2.html#in_header_database_size
bool isCutOff(const std::string &path)
{
    std::array<unsigned char, kHeaderBytes> header = {};
    std::ifstream file(path, std::ios::binary);
    std::error_code failed;
    if (!file.read(reinterpret_cast<char *>(header.data()), header.size()) || fs::exists(path + "-wal", failed))
        return false; // a -wal may hold the rest
    const auto number = [&](std::size_t at, int bytes) {
        std::uint64_t value = 0;
        for (int i = 0; i < bytes; ++i)
            value = value << 8 | header[at + static_cast<std::size_t>(i)];
        return value;
    };
    const std::uint64_t page = number(16, 2) == 1 ? 65536 : number(16, 2);
    return number(24, 4) == number(92, 4) && fs::file_size(path, failed) < page * number(28, 4);
}

/// The version of a sound file of ours, which is left as it is.
core::Result<std::int64_t> inspect(const std::string &path, const Schema &schema)
{
    std::error_code failed;
    if (fs::file_size(path, failed) < kHeaderBytes || fs::exists(brokenMark(path), failed) || isCutOff(path))
        return core::fail(refusal(path, "corrupt", "the file was cut off or was found to be broken"));
    const bool asItWasLeft = isAsItWasLeft(path);
    auto db = Database::open(path, Database::Mode::Reader);
    if (!db)
        return core::fail(db.error());
    const auto id = db->number("PRAGMA application_id");
    const auto version = db->number("PRAGMA user_version");
    if (const auto error = core::firstError(id, version))
        return core::fail(*error);
    if (static_cast<std::uint32_t>(*id) != schema.applicationId)
        return core::fail(refusal(path, "foreign", "this file belongs to another program"));
    if (*version > static_cast<std::int64_t>(schema.steps.size()))
        return core::fail(refusal(path, "newer",
                                  "made by a newer Andon (schema " + std::to_string(*version) + ", this program knows "
                                      + std::to_string(schema.steps.size()) + ")"));
    if (!asItWasLeft)
        if (auto sound = db->quickCheck(150); !sound)
            return core::fail(sound.error());
    return *version;
}

core::Result<Database> openChecked(const std::string &path, const Schema &schema, Rights rights)
{
    std::error_code failed;
    if (!fs::exists(path, failed)) {
        if (rights == Rights::Guest)
            return core::fail(refusal(path, "absent", "it does not exist yet"));
        if (auto made = make(path, schema); !made)
            return core::fail(made.error());
    }
    const auto version = inspect(path, schema);
    if (!version)
        return core::fail(version.error());
    const bool older = *version < static_cast<std::int64_t>(schema.steps.size());
    if (older && rights == Rights::Guest)
        return core::fail(refusal(path, "older", "it has to be brought up to this version first"));
    auto db = Database::open(path, Database::Mode::Writer);
    if (!db)
        return db;
    if (older)
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
    static const Schema schema{.applicationId = 0x416e6443,
                               .steps = {schemas::cache001, schemas::cache002, schemas::cache003},
                               .disposable = true};
    return schema;
}

const Schema &recordsSchema()
{
    static const Schema schema{.applicationId = 0x416e6452,
                               .steps = {schemas::records001, schemas::records002, schemas::records003},
                               .durable = true};
    return schema;
}

core::Result<std::unique_ptr<DatabaseFile>> DatabaseFile::open(const std::string &path, const Schema &schema,
                                                               Rights rights)
{
    auto db = openChecked(path, schema, rights);
    std::string moved;
    if (!db && schema.disposable && rights == Rights::Holder
        && (db.error().hint == "corrupt" || db.error().hint == "foreign")) {
        auto folder = quarantine(path);
        if (!folder)
            return core::fail(folder.error());
        moved = *folder;
        db = openChecked(path, schema, rights);
    }
    if (!db)
        return core::fail(db.error());
    std::unique_ptr<DatabaseFile> file(new DatabaseFile(path, schema.disposable, std::move(*db)));
    file->m_quarantined = moved;
    return file;
}

DatabaseFile::~DatabaseFile()
{
    m_readers.clear();
    m_writer = Database();
    std::error_code failed;
    if (!fs::exists(brokenMark(m_path), failed))
        markSound(m_path);
}

core::Result<void> DatabaseFile::judged(core::Result<void> done) const
{
    if (done || !m_disposable || done.error().hint != "corrupt")
        return done;
    (void)std::ofstream(brokenMark(m_path)).put('\n');
    core::Error error = done.error();
    error.hint = "broken-cache";
    return core::fail(std::move(error));
}

core::Result<void> DatabaseFile::write(const Work &work)
{
    const std::scoped_lock lock(m_writing);
    Transaction transaction(m_writer);
    if (auto started = transaction.started(); !started)
        return judged(std::move(started));
    if (auto done = work(m_writer); !done)
        return judged(std::move(done));
    return judged(transaction.commit());
}

core::Result<void> DatabaseFile::alone(const Work &work)
{
    const std::scoped_lock lock(m_writing);
    return judged(work(m_writer));
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
    auto done = judged(work(reader));
    const std::scoped_lock lock(m_mutex);
    if (m_readers.size() < 4)
        m_readers.push_back(std::move(reader));
    return done;
}

} // namespace andon::store
