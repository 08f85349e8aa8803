#pragma once
// Storage: what the arrays deliver against what they can and what is normal, beside what the GPUs make of it. GUI
// thread.
#include "factory/machinesservice.h"
#include "models/celltable.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class Banner;
class LaneChart;
class Panel;
class Tile;

class StoragePage final : public RangedPage<factory::StorageView>
{
    Q_OBJECT
public:
    StoragePage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Storage"); }
    bool open(const QString &link) override { return link == u"page:storage"; }

private:
    void render(const core::Snapshot<factory::StorageView> &snapshot) override;

    models::CellTable m_arrays;
    std::vector<Tile *> m_tiles;
    Panel *m_panel = nullptr;
    Banner *m_verdict = nullptr;
    LaneChart *m_chart = nullptr;
};

} // namespace andon::ui
