#pragma once
// Branches and tags of a repository as one table: how old, by whom, how far from the default branch, protected, stale,
// merged. GUI thread; asks the ref service on the worker.
#include "factory/refservice.h"
#include "models/celltable.h"
#include "ui/pages/livepage.h"
#include "ui/pages/refs/refwords.h"

class QPushButton;

namespace andon::ui
{

class Card;
class FactPane;
class Panel;
class Table;

class RefsPage final : public LivePage<factory::RefsView>
{
    Q_OBJECT
public:
    RefsPage(factory::RefService &refs, factory::Worker &worker, const core::Clock &clock, QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Branches and tags"); }
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    bool open(const QString &link) override;
    [[nodiscard]] QString selection() const override;
    [[nodiscard]] bool settled() const override;

protected:
    void render(const core::Snapshot<factory::RefsView> &snapshot) override;

private:
    QWidget *makeRepositories(QWidget *parent);
    QWidget *makeTable(QWidget *parent);
    QWidget *makeSide(QWidget *parent);
    void choose(const core::RepositoryId &repo, bool network);
    void chooseRef(const QString &id);
    void leave(const core::RepositoryId &repo); ///< there is none of that name
    void renderRepositories(const factory::RefsView &view);
    void renderRefs(const factory::RefsView &view);
    void renderFacts();
    void askUncommitted();
    void copy(QString (*what)(const core::RepositoryId &, const factory::RefLine &));
    [[nodiscard]] models::TableRow rowOf(const versions::Repository &repo, const factory::RefLine &line) const;
    [[nodiscard]] Uncommitted uncommittedOf(const factory::RefLine &line) const;
    [[nodiscard]] const factory::RefLine *chosenLine() const;

    factory::RefService &m_service;
    factory::Worker &m_worker;
    models::CellTable m_repositories;
    models::CellTable m_refs;
    core::RepositoryId m_repo; ///< "" until the first answer says which
    QString m_chosen; ///< id of a row
    QString m_wanted; ///< name of a ref to choose when it is there
    std::map<std::string, Uncommitted> m_uncommitted; ///< by branch, of the repository that is shown
    core::Latest<bool> m_asking;
    bool m_askingNow = false;
    Panel *m_panel = nullptr;
    Card *m_card = nullptr;
    Table *m_repositoryTable = nullptr;
    Table *m_table = nullptr;
    FilterBar *m_filter = nullptr;
    FactPane *m_facts = nullptr;
    QPushButton *m_ask = nullptr;
    std::vector<QPushButton *> m_copies;
};

} // namespace andon::ui
