#pragma once
// Floor: four stations, the key figures, the line with what happened beside it, and what needs somebody. GUI thread.
#include "factory/machinesservice.h"
#include "models/celltable.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class LaneChart;
class Panel;
class StationCard;
class Tile;

class FloorPage final : public RangedPage<factory::FloorView>
{
    Q_OBJECT
public:
    FloorPage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
              QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Floor"); }
    bool open(const QString &link) override { return link == u"page:floor"; }

private:
    void render(const core::Snapshot<factory::FloorView> &snapshot) override;
    void renderLine(const factory::FloorView &view);
    void renderAttention(const factory::FloorView &view);

    models::CellTable m_attention;
    std::vector<StationCard *> m_stations;
    std::vector<Tile *> m_tiles;
    Panel *m_panel = nullptr;
    LaneChart *m_chart = nullptr;
};

} // namespace andon::ui
