#include "reports/diffcsv.h"

#include "reports/csv.h"

namespace andon::reports
{

namespace
{

std::string line(std::initializer_list<std::string> cells)
{
    std::string text;
    for (const std::string &cell : cells)
        text += (&cell == cells.begin() ? "" : ",") + csvCell(cell);
    return text + "\r\n";
}

} // namespace

std::string diffCsvHeader()
{
    return line({"change", "path", "bytes_before", "bytes_after"});
}

std::string diffCsv(const versions::DiffPage &page)
{
    static constexpr const char *kWords[] = {"added", "removed", "changed", "conflict", "prefix_changed"};
    std::string out;
    for (const versions::DiffEntry &entry : page.entries) {
        const std::string size = entry.sizeBytes ? std::to_string(*entry.sizeBytes) : std::string();
        const bool gone = entry.type == versions::DiffType::Removed;
        out += line({kWords[static_cast<int>(entry.type)], entry.path, gone ? size : std::string(),
                     gone ? std::string() : size});
    }
    return out;
}

std::string rollupCsv(const versions::DiffRollup &rollup)
{
    std::string out = line({"prefix", "objects", "added", "removed", "changed", "conflict", "bytes_added",
                            "bytes_removed", "bytes_changed_after", "without_size"});
    for (std::size_t i = 0; i < rollup.folders().size(); ++i) {
        const versions::DiffSum &sum = rollup.folders()[i].sum;
        const auto number = [](std::int64_t n) { return std::to_string(n); };
        out += line({rollup.path(static_cast<std::int32_t>(i)), number(sum.objects()), number(sum.added),
                     number(sum.removed), number(sum.changed), number(sum.conflict), number(sum.addedBytes),
                     number(sum.removedBytes), number(sum.changedBytes), number(sum.unsized)});
    }
    return out;
}

} // namespace andon::reports
