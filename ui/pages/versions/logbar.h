#pragma once
// What of the history the log shows: all commits, runs folded, tips and merges only; merges without their sides; some
// branches. Works it out on the worker and hands it to the log. GUI thread.
#include "factory/versionviews.h"
#include "factory/worker.h"
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

    /// The choice of branches is forgotten with another repository.
    void setRepository(const factory::RepositoryView &view);
    void setDetail(versions::ShapeOptions::Detail detail);
    void setMergesFolded(bool folded);
    void toggleBranch(const QString &commit, const QString &name); ///< 64 hex digits: only what the chosen reach
    void showAll(); ///< nothing folded, no branch chosen
    [[nodiscard]] const versions::ShapeOptions &options() const { return m_options; }
    [[nodiscard]] bool running() const { return m_shaping.running(); }

Q_SIGNALS:
    void changed();

private:
    using Shape = std::shared_ptr<const versions::LogShape>;
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
    QStringList m_names; ///< of the chosen branches
    Shape m_shape;
    std::optional<versions::Oid> m_wanted; ///< to be selected when the shape is there
    core::Latest<Shape> m_shaping;
    QComboBox *m_detail = nullptr;
    QCheckBox *m_merges = nullptr;
    QPushButton *m_branches = nullptr;
};

} // namespace andon::ui
