#include "journal/verify.h"

#include "journal/file.h"

#include <fcntl.h>

namespace andon::journal
{

namespace
{

constexpr std::int64_t kMaxFile = 64LL * 1024 * 1024; // files are rotated at 8 MiB

class Checker
{
public:
    explicit Checker(const std::function<bool(const Entry &)> &each)
        : m_each(each)
    {
    }
    Verified result = {};

    /// False: the reader has seen enough.
    bool line(const std::string &file, std::int64_t number, std::string_view text)
    {
        const auto entry = parseEntry(text);
        const auto bad = [&](const char *what) { result.breaks.push_back({file, number, what}); };
        const std::string prev = m_last.empty() ? std::string(64, '0') : m_last;
        m_last = sha256(text); // the next line is measured against what lies here, so each break is told once
        if (!entry) {
            bad("form");
            ++m_seq;
            return true;
        }
        if (entry->seq != m_seq)
            bad("seq");
        if (entry->prev != prev)
            bad("prev");
        if ((entry->phase == Phase::Genesis) != (result.records == 0))
            bad("genesis");
        const std::string &journal = *entry->value.find("journal")->text();
        if (result.records == 0)
            result.journal = journal;
        else if (journal != result.journal)
            bad("journal");
        m_seq = entry->seq + 1;
        ++result.records;
        result.head = entry->hash;
        return m_each(*entry);
    }

private:
    const std::function<bool(const Entry &)> &m_each;
    std::string m_last;
    std::int64_t m_seq = 0;
};

core::Result<bool> checkFile(const std::string &folder, const std::string &name, Checker &checker)
{
    const auto file = File::open(folder + "/" + name, O_RDONLY);
    if (!file)
        return core::fail(file.error());
    const auto size = file->size();
    if (!size)
        return core::fail(size.error());
    if (*size > kMaxFile)
        return core::fail(core::ErrorKind::TooLarge, "journal", name + " is larger than any journal file");
    const auto bytes = file->read(0, *size);
    if (!bytes)
        return core::fail(bytes.error());
    std::int64_t number = 0;
    for (std::size_t at = 0; at < bytes->size();) {
        const std::size_t end = bytes->find('\n', at);
        ++number;
        if (end == std::string::npos) {
            checker.result.breaks.push_back({name, number, "torn"});
            break;
        }
        if (!checker.line(name, number, std::string_view(*bytes).substr(at, end - at)))
            return false;
        at = end + 1;
    }
    return true;
}

} // namespace

core::Result<Verified> readAll(const std::string &folder, const std::function<bool(const Entry &)> &each)
{
    const auto files = journalFiles(folder);
    if (!files)
        return core::fail(files.error());
    Checker checker(each);
    for (const std::string &name : *files) {
        const auto more = checkFile(folder, name, checker);
        if (!more)
            return core::fail(more.error());
        if (!*more)
            break;
    }
    return std::move(checker.result);
}

core::Result<Verified> verify(const std::string &folder)
{
    return readAll(folder, [](const Entry &) { return true; });
}

} // namespace andon::journal
