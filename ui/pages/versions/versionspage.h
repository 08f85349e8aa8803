#pragma once
// Versions: repositories and refs, the commit log, one commit. GUI thread; asks the version service on the worker.
#include "factory/commitcontext.h"
#include "factory/live.h"
#include "factory/versionservice.h"
#include "models/reflistmodel.h"
#include "ui/pages/page.h"

class QCheckBox;
class QPushButton;

namespace andon::ui
{

class CommitDetails;
struct CommitAround;
class CommitFilter;
class CommitLog;
class FilterBar;
class Label;
class LogBar;
class Panel;
class RefList;

class VersionsPage final : public Page
{
    Q_OBJECT
public:
    VersionsPage(factory::VersionService &service, factory::RegistryService &registry, factory::Worker &worker,
                 const core::Clock &clock, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Versions"); }
    [[nodiscard]] core::Freshness freshness() const override;
    void pretend(const core::Freshness &freshness, bool withValue) override
    {
        m_repositories.pretend(freshness, withValue);
        m_repository.pretend(freshness, withValue);
    }
    void refresh(bool network) override;
    bool open(const QString &link) override;
    [[nodiscard]] QString selection() const override;
    [[nodiscard]] FilterBar *filterBar() const override { return m_search; }
    [[nodiscard]] std::vector<std::string> columns() const override;
    void setColumns(const std::vector<std::string> &columns) override;
    [[nodiscard]] bool hasColumns() const override { return true; }
    void chooseColumns() override;
    [[nodiscard]] std::vector<std::string> expanded() const override;
    void setExpanded(const std::vector<std::string> &expanded) override;
    [[nodiscard]] bool stepsMatches() const override { return true; }
    void stepMatch(int step) override;
    [[nodiscard]] bool knows(const QString &command) const override;
    void act(const QString &command, const QString &argument) override;
    [[nodiscard]] std::vector<models::QuickEntry> offers(const QString &command) const override;
    /// "runs" or "structure", "merges", "branch:dev", "tag:v1", "others": as the bar of the log has them.
    [[nodiscard]] std::vector<std::string> showing() const override;
    void setShowing(const std::vector<std::string> &words) override;
    [[nodiscard]] bool settled() const override;

private:
    using Repositories = std::vector<factory::RepositoryRow>;
    struct LogRows { ///< as many of each
        std::vector<versions::Commit> commits = {};
        std::vector<versions::CommitNature> natures = {};
    };
    void build();
    void connectParts();
    void renderRepositories();
    void renderRepository();
    void chooseRepository(const core::RepositoryId &repo, bool network);
    void leaveRepository(const core::RepositoryId &repo); ///< there is none of that name
    void missRefs(const QStringList &names); ///< of those that alone were to be shown
    void selectRow(std::int32_t row);
    void selectCommit(const QString &id);
    void search();
    void showMatches(std::vector<std::int32_t> rows, bool complete);
    void renderCount(); ///< of the matches
    QWidget *makeCompareBar(QWidget *parent);
    void renderCompare();
    [[nodiscard]] QString compareLink() const; ///< "" while one of the two is not marked
    void loadChanges(const versions::Commit &commit);
    void loadContext(const core::CommitId &id);
    [[nodiscard]] CommitAround around(std::int32_t row) const;

    factory::VersionService &m_service;
    factory::RegistryService &m_registry;
    factory::Worker &m_worker;
    const core::Clock &m_clock;
    models::RefListModel m_refsModel;
    factory::Live<Repositories> m_repositories;
    factory::Live<factory::RepositoryView> m_repository;
    bool m_listOnly = false; ///< that is being read is the list alone
    core::RepositoryId m_repo;
    QString m_wanted; ///< commit to select once its repository is there
    core::Latest<LogRows> m_rows;
    core::Latest<factory::CommitDetail> m_detail;
    core::Latest<versions::DiffPage> m_changes;
    core::Latest<factory::CommitContext> m_context;
    core::Latest<std::string> m_output;

    RefList *m_refs = nullptr;
    CommitLog *m_log = nullptr;
    LogBar *m_bar = nullptr;
    QWidget *m_compare = nullptr;
    Label *m_compared = nullptr;
    QPushButton *m_openCompare = nullptr;
    CommitDetails *m_details = nullptr;
    Panel *m_panel = nullptr;
    CommitFilter *m_filter = nullptr;
    FilterBar *m_search = nullptr;
    QCheckBox *m_onlyMatches = nullptr;
    Label *m_count = nullptr;
    std::int64_t m_found = 0; ///< matches
    bool m_whole = false; ///< that is all of them
    bool m_nothing = false; ///< the filter leaves no commit
};

} // namespace andon::ui
