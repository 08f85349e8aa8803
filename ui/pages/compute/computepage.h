#pragma once
// Compute: quota, allocated, computing; every GPU over time; nodes and workloads. GUI thread.
#include "factory/machinesservice.h"
#include "models/celltable.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class HeatMap;
class LaneChart;
class Panel;
class Tile;

class ComputePage final : public RangedPage<factory::ComputeView>
{
    Q_OBJECT
public:
    ComputePage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Compute"); }
    bool open(const QString &link) override { return link == u"page:compute"; }

private:
    void render(const core::Snapshot<factory::ComputeView> &snapshot) override;

    models::CellTable m_nodes;
    models::CellTable m_workloads;
    std::vector<Tile *> m_tiles;
    Panel *m_panel = nullptr;
    HeatMap *m_heat = nullptr;
    LaneChart *m_chart = nullptr;
};

} // namespace andon::ui
