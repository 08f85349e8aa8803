#pragma once
// Lineage: models on the left, the chain of a chosen version, and what is known of a chosen node. GUI thread.
#include "factory/live.h"
#include "factory/registryservice.h"
#include "models/celltable.h"
#include "ui/pages/page.h"

namespace andon::ui
{

class Card;
class ChainView;
class Label;
class Panel;

class LineagePage final : public Page
{
    Q_OBJECT
public:
    LineagePage(factory::RegistryService &registry, factory::Worker &worker, const core::Clock &clock,
                QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Lineage"); }
    [[nodiscard]] core::Freshness freshness() const override;
    void refresh(bool network) override;
    bool open(const QString &link) override;
    [[nodiscard]] bool settled() const override;

private:
    void build();
    void renderModels();
    void renderChain();
    void choose(const QString &version, bool network);
    void showNode(const QString &id);

    factory::RegistryService &m_registry;
    const core::Clock &m_clock;
    models::CellTable m_models;
    models::CellTable m_findings;
    factory::Live<std::vector<factory::ModelRow>> m_list;
    factory::Live<factory::LineageView> m_trace;
    QString m_chosen; ///< "model@version"
    Panel *m_panel = nullptr;
    Card *m_title = nullptr;
    ChainView *m_chain = nullptr;
    Label *m_nodeTitle = nullptr;
    Label *m_nodeBody = nullptr;
};

} // namespace andon::ui
