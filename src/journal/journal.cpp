#include "journal/journal.h"

#include "journal/file.h"

#include <QRandomGenerator>

#include <fcntl.h>

#include <array>

namespace andon::journal
{

namespace
{

constexpr std::int64_t kMaxLine = 1024 * 1024;
constexpr std::string_view kReserved[] = {"v", "journal", "seq", "prev", "ts", "app", "phase"};

std::string fileName(int number)
{
    char text[32];
    std::snprintf(text, sizeof text, "%06d.jsonl", number);
    return text;
}

std::string randomId()
{
    char text[9];
    std::snprintf(text, sizeof text, "%08x", QRandomGenerator::system()->generate());
    return text;
}

/// The last file and what stands at its end.
struct Tail {
    File file = {};
    int number = 0;
    std::int64_t size = 0; ///< up to and with the last whole line
    std::optional<Entry> last = {}; ///< of this file, or of the one before when this one is empty
    std::string torn = {}; ///< bytes behind it
};

struct End {
    std::size_t whole = 0; ///< bytes up to and with the last record
    std::optional<Entry> last = {};
    std::string damage = {}; ///< why this is more than a torn tail
};

/// The end of a file, of which `bytes` are the last. Nothing when they do not reach back far enough.
std::optional<End> endOf(std::string_view bytes, bool fromStart)
{
    End out;
    const std::size_t feed = bytes.rfind('\n');
    if (feed == std::string_view::npos)
        return fromStart ? std::optional(out) : std::nullopt;
    const auto lineBegin = [&](std::size_t end) { // of the line whose feed is at end
        const std::size_t before = end == 0 ? std::string_view::npos : bytes.rfind('\n', end - 1);
        return before == std::string_view::npos ? 0 : before + 1;
    };
    const std::size_t begin = lineBegin(feed);
    if (begin == 0 && !fromStart)
        return std::nullopt;
    if (auto entry = parseEntry(bytes.substr(begin, feed - begin))) {
        out.whole = feed + 1;
        out.last = std::move(*entry);
        return out;
    }
    // A last line that is no record was written in part. When the one before it is none either, somebody changed the
    // file, and that is not for us to mend.
    out.whole = begin;
    if (begin == 0)
        return out;
    const std::size_t older = lineBegin(begin - 1);
    if (older == 0 && !fromStart)
        return std::nullopt;
    if (auto entry = parseEntry(bytes.substr(older, begin - 1 - older)))
        out.last = std::move(*entry);
    else
        out.damage = "its end was changed: " + entry.error().detail;
    return out;
}

} // namespace

struct Journal::Private {
    std::string folder;
    Options options;
    core::SystemClock systemClock;
    std::string id;

    [[nodiscard]] core::Result<File> lock() const;
    [[nodiscard]] core::Result<Tail> tail(int number, bool create) const;
    [[nodiscard]] core::Result<Tail> lastTail() const;
    [[nodiscard]] core::Result<Tail> begin(int number) const;
    [[nodiscard]] core::Result<std::string> line(const Record &record, std::int64_t seq, const std::string &prev) const;
    [[nodiscard]] core::Result<Appended> put(Tail &tail, const Record &record) const;
    [[nodiscard]] core::Result<Appended> append(const Record &record) const;
    [[nodiscard]] core::Result<void> recover(Tail &tail) const;
    [[nodiscard]] core::Result<void> start();
    [[nodiscard]] core::Instant now() const { return (options.clock ? options.clock : &systemClock)->now(); }
};

core::Result<File> Journal::Private::lock() const
{
    // Opened anew each time: so the lock tells threads apart as it does processes.
    auto file = File::open(folder + "/lock", O_RDWR | O_CREAT);
    if (!file)
        return file;
    if (const auto locked = file->lock(); !locked)
        return core::fail(locked.error());
    return file;
}

core::Result<Tail> Journal::Private::tail(int number, bool create) const
{
    Tail out{.number = number};
    auto file = File::open(folder + "/" + fileName(number), O_RDWR | (create ? O_CREAT | O_EXCL : 0));
    if (!file)
        return core::fail(file.error());
    out.file = std::move(*file);
    const auto size = out.file.size();
    if (!size)
        return core::fail(size.error());
    for (const std::int64_t window : {std::int64_t(64 * 1024), 3 * kMaxLine}) {
        const std::int64_t from = std::max<std::int64_t>(0, *size - window);
        const auto bytes = out.file.read(from, *size - from);
        if (!bytes)
            return core::fail(bytes.error());
        const auto end = endOf(*bytes, from == 0);
        if (!end)
            continue; // the last whole record begins before the window
        if (!end->damage.empty())
            return core::fail(core::ErrorKind::Storage, "journal", out.file.path() + ": " + end->damage);
        out.last = end->last;
        out.torn = bytes->substr(end->whole);
        out.size = from + static_cast<std::int64_t>(end->whole);
        return out;
    }
    return core::fail(core::ErrorKind::Storage, "journal", "no record at the end of " + out.file.path());
}

core::Result<Tail> Journal::Private::lastTail() const
{
    const auto files = journalFiles(folder);
    if (!files)
        return core::fail(files.error());
    if (files->empty())
        return core::fail(core::ErrorKind::Storage, "journal", "the files of " + folder + " are gone");
    auto out = tail(std::stoi(files->back()), false);
    // A crash between the birth of a file and its first line leaves it empty: then the one before has the last record.
    for (std::size_t i = files->size() - 1; out && !out->last && i > 0; --i) {
        auto before = tail(std::stoi((*files)[i - 1]), false);
        if (!before)
            return before;
        out->last = before->last;
    }
    return out;
}

core::Result<Tail> Journal::Private::begin(int number) const
{
    auto out = tail(number, true);
    if (!out)
        return out;
    if (const auto synced = syncFolder(folder); !synced)
        return core::fail(synced.error());
    return out;
}

core::Result<std::string> Journal::Private::line(const Record &record, std::int64_t seq, const std::string &prev) const
{
    Fields fields = {{"v", 1},
                     {"journal", id},
                     {"seq", seq},
                     {"prev", prev},
                     {"ts", timeText(now())},
                     {"app", options.app},
                     {"phase", std::string(name(record.phase))}};
    for (const auto &[key, value] : record.fields) {
        for (const std::string_view reserved : kReserved)
            if (key == reserved)
                return core::fail(core::ErrorKind::Invalid, "journal record", "$." + key + ": a reserved name");
        fields.emplace_back(key, value);
    }
    auto text = canonical(Value(std::move(fields)));
    if (text && static_cast<std::int64_t>(text->size()) >= kMaxLine)
        return core::fail(core::ErrorKind::Invalid, "journal record", "larger than 1 MiB");
    return text;
}

core::Result<Appended> Journal::Private::put(Tail &tail, const Record &record) const
{
    const std::int64_t seq = tail.last ? tail.last->seq + 1 : 0;
    const auto text = line(record, seq, tail.last ? tail.last->hash : std::string(64, '0'));
    if (!text)
        return core::fail(text.error());
    const std::string bytes = *text + "\n";
    core::Result<void> done = tail.file.write(tail.size, bytes);
    if (done)
        done = tail.file.sync();
    if (done) {
        const auto back = tail.file.read(tail.size, static_cast<std::int64_t>(bytes.size()));
        if (!back)
            done = core::fail(back.error());
        else if (*back != bytes)
            done = core::fail(core::ErrorKind::Storage, "journal", "the disk gave back other bytes than were written");
    }
    if (!done) {
        (void)tail.file.truncate(tail.size); // best effort: a rest of it is a torn tail and goes at the next start
        return core::fail(done.error());
    }
    return Appended{.seq = {seq}, .hash = sha256(*text)};
}

core::Result<void> Journal::Private::recover(Tail &tail) const
{
    if (const auto made = makePrivateFolder(folder + "/torn"); !made)
        return made;
    const std::string name = folder + "/torn/" + timeText(now());
    auto copy = File::open(name, O_RDWR | O_CREAT | O_EXCL);
    for (int n = 2; !copy && n < 100; ++n) // twice in one millisecond
        copy = File::open(name + "-" + std::to_string(n), O_RDWR | O_CREAT | O_EXCL);
    if (!copy)
        return core::fail(copy.error());
    core::Result<void> done = copy->write(0, tail.torn);
    if (done)
        done = copy->sync();
    if (done)
        done = syncFolder(folder + "/torn");
    if (done)
        done = tail.file.truncate(tail.size);
    if (done)
        done = tail.file.sync();
    if (!done)
        return done;
    if (!tail.last)
        return {}; // nothing whole was ever written: the genesis follows
    const auto said = put(tail,
                          {.phase = Phase::Recovered,
                           .fields = {{"bytes", static_cast<std::int64_t>(tail.torn.size())},
                                      {"file", fileName(tail.number)},
                                      {"sha256", sha256(tail.torn)}}});
    if (!said)
        return core::fail(said.error());
    return {};
}

core::Result<Appended> Journal::Private::append(const Record &record) const
{
    const auto locked = lock();
    if (!locked)
        return core::fail(locked.error());
    auto end = lastTail();
    if (!end)
        return core::fail(end.error());
    if (!end->torn.empty()) { // another process died while we were open
        if (const auto recovered = recover(*end); !recovered)
            return core::fail(recovered.error());
        end = lastTail();
        if (!end)
            return core::fail(end.error());
    }
    if (end->size >= options.rotateAt) {
        auto next = begin(end->number + 1);
        if (!next)
            return core::fail(next.error());
        next->last = end->last;
        return put(*next, record);
    }
    return put(*end, record);
}

core::Result<void> Journal::Private::start()
{
    if (const auto made = makePrivateFolder(folder); !made)
        return made;
    const auto locked = lock();
    if (!locked)
        return core::fail(locked.error());
    const auto files = journalFiles(folder);
    if (!files)
        return core::fail(files.error());
    auto end = files->empty() ? begin(1) : lastTail();
    if (!end)
        return core::fail(end.error());
    if (end->last)
        id = *end->last->value.find("journal")->text();
    if (!end->torn.empty())
        if (const auto recovered = recover(*end); !recovered)
            return recovered;
    if (end->last)
        return {};
    id = options.id.empty() ? randomId() : options.id;
    end->torn.clear();
    const auto first = put(*end, {.phase = Phase::Genesis});
    if (!first)
        return core::fail(first.error());
    return {};
}

Journal::Journal(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Journal::~Journal() = default;

core::Result<std::unique_ptr<Journal>> Journal::open(const std::string &folder, Options options)
{
    auto p = std::make_unique<Private>();
    p->folder = folder;
    p->options = std::move(options);
    if (const auto started = p->start(); !started)
        return core::fail(started.error());
    return std::unique_ptr<Journal>(new Journal(std::move(p)));
}

core::Result<Appended> Journal::appendHead(const Record &record)
{
    return d->append(record);
}

core::Result<Seq> Journal::append(const Record &record)
{
    const auto done = appendHead(record);
    if (!done)
        return core::fail(done.error());
    return done->seq;
}

core::Result<std::vector<Entry>> Journal::read() const
{
    std::vector<Entry> out;
    const auto all = readAll(d->folder, [&](const Entry &entry) {
        out.push_back(entry);
        return true;
    });
    if (!all)
        return core::fail(all.error());
    return out;
}

core::Result<Verified> Journal::verify() const
{
    return journal::verify(d->folder);
}

const std::string &Journal::id() const
{
    return d->id;
}

const std::string &Journal::folder() const
{
    return d->folder;
}

} // namespace andon::journal
