#pragma once
// Pull requests of all repositories of a site, and one of them. GUI thread; asks the pull service on the worker.
#include "factory/pullservice.h"
#include "models/celltable.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class Card;
class FactPane;
class Panel;
class Table;

class PullsPage final : public LivePage<factory::PullsView>
{
    Q_OBJECT
public:
    PullsPage(factory::PullService &pulls, factory::Worker &worker, const core::Clock &clock,
              QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Pull requests"); }
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    bool open(const QString &link) override;
    [[nodiscard]] QString selection() const override;
    [[nodiscard]] bool settled() const override;
    void refresh(bool network) override;
    void pretend(const core::Freshness &freshness, bool withValue) override;

protected:
    void render(const core::Snapshot<factory::PullsView> &snapshot) override;

private:
    QWidget *makeTable(QWidget *parent);
    QWidget *makeSide(QWidget *parent);
    void choose(const QString &name, bool network);
    void renderDetail();

    factory::PullService &m_pulls;
    models::CellTable m_rows;
    factory::Live<factory::PullDetail> m_detail;
    QString m_chosen; ///< "REPO@ID"
    Panel *m_panel = nullptr;
    Panel *m_detailPanel = nullptr;
    Card *m_card = nullptr;
    Table *m_table = nullptr;
    FilterBar *m_filter = nullptr;
    FactPane *m_facts = nullptr;
};

} // namespace andon::ui
