#pragma once
// What of the history the log shows: all commits, runs folded, tips and merges only; merges without their sides; some
// branches. Works it out on the worker and hands it to the log. GUI thread.
#include "factory/versionviews.h"
#include "factory/worker.h"
#include "models/quickfind.h"
#include "versions/logshape.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPushButton;

namespace andon::ui
{

class CommitLog;

class LogBar final : public QWidget
{
    Q_OBJECT
public:
    LogBar(CommitLog &log, factory::Worker &worker, QWidget *parent = nullptr);

    /// The choice of branches and tags is forgotten with another repository, and follows where they go in this one.
    void setRepository(const factory::RepositoryView &view);
    /// In words that last: "runs" or "structure", "merges", "branch:NAME", "tag:NAME"; none: all is shown.
    [[nodiscard]] std::vector<std::string> shown(const core::RepositoryId &repo) const;
    /// Of a repository that is not there yet it waits; "" is any. Words that mean nothing are skipped.
    void setShown(const core::RepositoryId &repo, const std::vector<std::string> &words);
    void setDetail(versions::ShapeOptions::Detail detail);
    void setMergesFolded(bool folded);
    void toggleBranch(const QString &commit, const QString &name); ///< 64 hex digits: only what the chosen reach
    void toggle(const QString &word); ///< "branch:NAME", "tag:NAME"
    void showAllRefs(); ///< none is chosen
    void showAll(); ///< nothing folded, no branch chosen
    [[nodiscard]] std::vector<models::QuickEntry> offers() const; ///< for toggle()
    [[nodiscard]] const versions::ShapeOptions &options() const { return m_options; }
    [[nodiscard]] bool running() const { return m_shaping.running(); }

Q_SIGNALS:
    void changed();
    void edited(); ///< by the person
    void missing(const QStringList &names); ///< of branches and tags that were chosen and are not there

private:
    using Shape = std::shared_ptr<const versions::LogShape>;
    struct Wanted {
        core::RepositoryId repo = {};
        std::vector<std::string> words = {};
    };
    void apply(const std::vector<std::string> &words);
    void showWhole();
    void findHeads();
    void toggleFold(std::int32_t row);
    void reveal(std::int32_t row);
    void work(); ///< the shape of what is wanted
    void render();
    [[nodiscard]] std::vector<char> kept() const;

    CommitLog &m_log;
    factory::Worker &m_worker;
    factory::RepositoryView m_view;
    std::vector<versions::Ref> m_refs;
    versions::ShapeOptions m_options;
    QStringList m_only; ///< the chosen ones, in words
    std::optional<Wanted> m_waiting; ///< until its repository is there
    Shape m_shape;
    std::optional<versions::Oid> m_wanted; ///< to be selected when the shape is there
    core::Latest<Shape> m_shaping;
    QComboBox *m_detail = nullptr;
    QCheckBox *m_merges = nullptr;
    QPushButton *m_branches = nullptr;
};

} // namespace andon::ui
