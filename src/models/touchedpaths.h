#pragma once
// Which rows of a history changed something below a path, as the server told. Any thread.
#include "core/cancel.h"
#include "factory/versionviews.h"
#include "text/filter.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace andon::models
{

class TouchedPaths
{
public:
    /// The commits in the history of `head` that changed something whose path begins with `prefix`. May block.
    using Ask = std::function<core::Result<std::vector<core::CommitId>>(
        const core::CommitId &head, const std::string &prefix, const core::Cancel &cancel)>;

    /// head: what is asked when a filter names no branch; else it is the default one.
    TouchedPaths(const factory::RepositoryView &view, Ask ask, std::optional<core::CommitId> head = {});

    /// Asks for what the filter names with path: and is not known yet, of the branches that it names with branch:, else
    /// of the head. Invalid for anything but the beginning of a path, else as Ask.
    [[nodiscard]] core::Result<void> learn(const text::Filter &filter, const core::Cancel &cancel);
    [[nodiscard]] bool knows(const text::Filter &filter) const;
    /// 1 for each row that any of the paths was changed by, as far as was learnt.
    [[nodiscard]] std::vector<char> rows(const QStringList &paths) const;

private:
    using Wanted = std::pair<QString, core::CommitId>; ///< path, head
    [[nodiscard]] std::set<Wanted> missing(const text::Filter &filter) const;

    std::shared_ptr<const versions::CommitGraph> m_graph;
    std::map<QString, core::CommitId> m_heads; ///< of branches
    core::CommitId m_head;
    Ask m_ask;
    mutable std::mutex m_mutex;
    std::set<Wanted> m_asked;
    std::map<QString, std::vector<std::int32_t>> m_rows; ///< by path: no matter of whose history
};

} // namespace andon::models
