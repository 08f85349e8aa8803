#pragma once
// One commit: message, people, parents, metadata, hook runs with output, and what it changed against its first parent.
// GUI thread.
#include "core/error.h"
#include "factory/commitcontext.h"
#include "factory/versionviews.h"

#include <QScrollArea>

class QMenu;
class QPushButton;
class QVBoxLayout;
class QGridLayout;

namespace andon::ui
{

class Card;
class GateBand;
class HookCard;
class Label;
class UsedBy;

/// Where it stands in the graph.
struct CommitAround {
    std::vector<versions::Ref> containing = {}; ///< branches and tags
    int moreContaining = 0; ///< that are not listed
    std::vector<core::CommitId> children = {};
    int moreChildren = 0;
};

class CommitDetails final : public QScrollArea
{
    Q_OBJECT
public:
    explicit CommitDetails(QWidget *parent = nullptr);

    void clear();
    void setDetail(const core::RepositoryId &repo, const factory::CommitDetail &detail, const CommitAround &around,
                   core::Instant now);
    /// more: the page is not the whole diff.
    void setChanges(const std::vector<versions::DiffEntry> &entries, bool more);
    void setContext(const factory::CommitContext &context, core::Instant now); ///< of the commit that is shown
    void setChangesError(const core::Error &error);
    void setHookOutput(const QString &title, const QString &output);

Q_SIGNALS:
    void commitRequested(const QString &id);
    void linkRequested(const QString &link);
    void commandRequested(const QString &id); ///< of the window's registry
    void outputRequested(const QString &run, const QString &hook, const QString &title);

private:
    QWidget *addFact(const QString &name, const QString &value, const QString &link = {}, const QString &note = {});
    void addNature(const factory::CommitDetail &detail); ///< what it is, how we know, and which commit it is about
    void addChildren(const CommitAround &around);
    void fillMetadata(const versions::Commit &commit);
    [[nodiscard]] QMenu *copyMenu(QWidget *parent);

    QString m_repo;
    QString m_id;
    QString m_parent; ///< the first one, "" when there is none
    QWidget *m_empty = nullptr;
    QWidget *m_body = nullptr;
    Label *m_idLabel = nullptr;
    Label *m_title = nullptr;
    Label *m_message = nullptr;
    GateBand *m_gate = nullptr;
    QGridLayout *m_facts = nullptr;
    Card *m_metadata = nullptr;
    HookCard *m_hooks = nullptr;
    Card *m_changes = nullptr;
    UsedBy *m_usedBy = nullptr;
    QPushButton *m_compare = nullptr;
};

} // namespace andon::ui
