#pragma once
// Economics: cost, revenue and margin per token, by model, what idle GPUs cost, and why each number is what it is. GUI
// thread.
#include "factory/economicsservice.h"
#include "models/celltable.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class Label;
class Panel;
class Table;
class Tile;

class EconomicsPage final : public LivePage<economics::KpiReport>
{
    Q_OBJECT
public:
    EconomicsPage(factory::EconomicsService &economics, factory::Worker &worker, const core::Clock &clock,
                  QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Economics"); }
    bool open(const QString &link) override { return link == u"page:economics"; }

private:
    void render(const core::Snapshot<economics::KpiReport> &snapshot) override;
    void explain(const economics::Kpi &kpi, const QString &of);
    void fillModels(const economics::KpiReport &report);

    economics::KpiReport m_report;
    models::CellTable m_models;
    models::CellTable m_tax;
    models::CellTable m_releases;
    std::vector<Tile *> m_tiles;
    Panel *m_panel = nullptr;
    Label *m_window = nullptr;
    Label *m_whyTitle = nullptr;
    Label *m_whyBody = nullptr;
};

} // namespace andon::ui
