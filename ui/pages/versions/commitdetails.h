#pragma once
// One commit: message, people, parents, metadata, hook runs with output, and what it changed against its first parent.
// GUI thread.
#include "core/error.h"
#include "factory/versionviews.h"

#include <QScrollArea>

class QVBoxLayout;
class QGridLayout;

namespace andon::ui
{

class Card;
class Label;

class CommitDetails final : public QScrollArea
{
    Q_OBJECT
public:
    explicit CommitDetails(QWidget *parent = nullptr);

    void clear();
    void setDetail(const core::RepositoryId &repo, const factory::CommitDetail &detail,
                   const std::vector<versions::Ref> &containing, core::Instant now);
    /// more: the page is not the whole diff.
    void setChanges(const std::vector<versions::DiffEntry> &entries, bool more);
    void setChangesError(const core::Error &error);
    void setHookOutput(const QString &title, const QString &output);

Q_SIGNALS:
    void commitRequested(const QString &id);
    void outputRequested(const QString &run, const QString &hook, const QString &title);

private:
    void addFact(const QString &name, const QString &value, const QString &link = {});
    void fillHooks(const factory::CommitDetail &detail);
    void fillMetadata(const versions::Commit &commit);
    void clearLayout(QLayout *layout);

    QString m_id;
    QWidget *m_empty = nullptr;
    QWidget *m_body = nullptr;
    Label *m_idLabel = nullptr;
    Label *m_title = nullptr;
    Label *m_message = nullptr;
    Label *m_gate = nullptr;
    QGridLayout *m_facts = nullptr;
    Card *m_metadata = nullptr;
    Card *m_hooks = nullptr;
    Card *m_changes = nullptr;
};

} // namespace andon::ui
