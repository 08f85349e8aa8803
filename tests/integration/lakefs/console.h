#pragma once
// The console without a window: a cache in a temporary folder, filled from one lakeFS by the console's own source and
// services.
#include "factory/compareservice.h"
#include "factory/gateservice.h"
#include "factory/objectservice.h"
#include "factory/pullservice.h"
#include "factory/refservice.h"
#include "factory/versionservice.h"
#include "net/requestlog.h"
#include "net/transport.h"

#include <QTemporaryDir>

namespace andon::test
{

class Console
{
public:
    /// pageSize: the most commits that a page of a log has; 0 what the console asks for. beforePage: on the thread that
    /// asks for the page.
    using BeforePage = std::function<void(const core::RepositoryId &)>;
    Console(const std::string &url, const std::string &key, const std::string &secret, int pageSize = 0,
            BeforePage beforePage = {});

    [[nodiscard]] core::Result<factory::VersionSyncStats> sync();
    /// The request lines since the last call of this.
    [[nodiscard]] std::vector<std::string> asked();

    using Commits = std::map<std::string, versions::Commit>; ///< by id
    [[nodiscard]] Commits commits(const std::string &repo); ///< all that are cached
    [[nodiscard]] std::vector<versions::Ref> refs(const std::string &repo);
    [[nodiscard]] std::vector<versions::ActionRun> runs(const std::string &repo);
    [[nodiscard]] factory::VersionService &service() { return *m_service; }
    [[nodiscard]] factory::GateService &gates() { return *m_gates; }
    [[nodiscard]] factory::RefService &branches() { return *m_branches; }
    [[nodiscard]] factory::PullService &pulls() { return *m_pulls; }
    [[nodiscard]] factory::ObjectService &objects() { return *m_objects; }
    [[nodiscard]] factory::CompareService &comparisons() { return *m_comparisons; }

private:
    [[nodiscard]] store::RepositoryKey key(const std::string &repo);

    QTemporaryDir m_folder;
    core::SystemClock m_clock;
    std::unique_ptr<store::DatabaseFile> m_file;
    factory::SourceBoard m_board;
    factory::Pin m_pin{m_clock};
    net::RequestLog m_log;
    net::Transport m_transport;
    std::unique_ptr<factory::VersionService> m_service;
    std::unique_ptr<factory::GateService> m_gates;
    std::unique_ptr<factory::RefService> m_branches;
    std::unique_ptr<factory::PullService> m_pulls;
    std::unique_ptr<factory::ObjectService> m_objects;
    std::unique_ptr<factory::CompareService> m_comparisons;
    std::int64_t m_seen = 0; ///< requests that asked() has given
};

/// What is reached from a commit, as id → ids of its parents, sorted.
using Parents = std::map<std::string, std::vector<std::string>>;
[[nodiscard]] Parents reachedFrom(const Console::Commits &commits, const std::string &head);
/// The same of what `lakectl log --dot` prints.
[[nodiscard]] Parents parentsInDot(const std::string &text);

} // namespace andon::test
