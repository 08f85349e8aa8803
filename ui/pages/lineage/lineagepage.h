#pragma once
// Lineage: the chain of a chosen model version beside that of the last good one, what was found, and what is known of
// each node and edge. GUI thread.
#include "factory/live.h"
#include "factory/registryservice.h"
#include "models/celltable.h"
#include "ui/pages/lineage/chainview.h"
#include "ui/pages/page.h"

namespace andon::ui
{

class Card;
class FactPane;
class Panel;
class Table;

class LineagePage final : public Page
{
    Q_OBJECT
public:
    LineagePage(factory::RegistryService &registry, factory::Worker &worker, const core::Clock &clock,
                QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Lineage"); }
    [[nodiscard]] core::Freshness freshness() const override;
    void pretend(const core::Freshness &freshness, bool withValue) override
    {
        m_list.pretend(freshness, withValue);
        m_trace.pretend(freshness, withValue);
        m_other.pretend(freshness, withValue);
    }
    void refresh(bool network) override;
    bool open(const QString &link) override;
    [[nodiscard]] QString selection() const override
    {
        return m_chosen.isEmpty() ? QString() : QStringLiteral("model:") + m_chosen;
    }
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    [[nodiscard]] bool settled() const override;

private:
    void build();
    QWidget *makeChain();
    QWidget *makeTables();
    QWidget *makeInspector();
    void renderModels();
    void renderChain();
    void renderFindings(const std::vector<ChainBand> &bands);
    void renderChoice();
    void choose(const QString &version, bool network);
    void trace(factory::Live<factory::LineageView> &live, const QString &version, bool network);
    [[nodiscard]] QString besides(const QString &version) const; ///< what a version is shown beside; "" alone
    [[nodiscard]] ChainBand bandOf(const QString &version, const lineage::Chain &chain) const;
    [[nodiscard]] const factory::ModelRow *modelOf(const QString &version) const;

    factory::RegistryService &m_registry;
    const core::Clock &m_clock;
    models::CellTable m_models;
    models::CellTable m_findings;
    factory::Live<std::vector<factory::ModelRow>> m_list;
    factory::Live<factory::LineageView> m_trace;
    factory::Live<factory::LineageView> m_other; ///< the chain beside it
    QString m_chosen; ///< "model@version"
    QString m_beside;
    bool m_network = false; ///< of the last refresh
    Panel *m_panel = nullptr;
    Panel *m_chainPanel = nullptr;
    Card *m_title = nullptr;
    Card *m_inspector = nullptr;
    Table *m_modelTable = nullptr;
    FilterBar *m_filter = nullptr;
    ChainView *m_chain = nullptr;
    FactPane *m_facts = nullptr;
};

} // namespace andon::ui
