#pragma once
// Storage: do GPUs wait for it, and why; what the arrays deliver against what they can and what is normal. GUI thread.
#include "factory/machinesservice.h"
#include "models/celltable.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class Card;
class LaneChart;
class Panel;
class Table;
class VerdictCard;

class StoragePage final : public RangedPage<factory::StorageView>
{
    Q_OBJECT
public:
    StoragePage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Storage"); }
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    bool open(const QString &link) override { return link == u"page:storage"; }

protected:
    void render(const core::Snapshot<factory::StorageView> &snapshot) override;

private:
    void build(QWidget *body);
    [[nodiscard]] QWidget *verdictSide(QWidget *parent);
    void renderVerdict();
    void renderLanes(const factory::StorageView &view);
    void renderArrays(const factory::StorageView &view);
    void renderWaiting(const factory::StorageView &view);

    models::CellTable m_arrays;
    models::CellTable m_waiting;
    Panel *m_panel = nullptr;
    VerdictCard *m_verdict = nullptr;
    Card *m_lanes = nullptr;
    LaneChart *m_chart = nullptr;
    Card *m_arrayCard = nullptr;
    Card *m_waitingCard = nullptr;
    Table *m_waitingTable = nullptr;
    QString m_workload; ///< whose signals are shown; "" for the worst
    FilterBar *m_filter = nullptr;
};

} // namespace andon::ui
