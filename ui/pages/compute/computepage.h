#pragma once
// Compute: quota, allocated, computing; every GPU over time; workloads and nodes, the worst first. GUI thread.
#include "factory/machinesservice.h"
#include "models/celltable.h"
#include "ui/pages/livepage.h"

class QPushButton;
class QStackedWidget;

namespace andon::ui
{

class Card;
class FilterBar;
class HeatMap;
class Histogram;
class Label;
class LaneChart;
class Panel;
class Table;
class Tile;

class ComputePage final : public RangedPage<factory::ComputeView>
{
    Q_OBJECT
public:
    ComputePage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Compute"); }
    /// "page:compute"; "compute:waiting", "compute:idle" and "compute:namespace/pod" choose a workload.
    bool open(const QString &link) override;

    [[nodiscard]] FilterBar *filterBar() const override;
    /// "nodes" while they are shown in place of the workloads.
    [[nodiscard]] std::vector<std::string> expanded() const override;
    void setExpanded(const std::vector<std::string> &expanded) override;

protected:
    void render(const core::Snapshot<factory::ComputeView> &snapshot) override;

private:
    void build(QWidget *body);
    [[nodiscard]] QWidget *heatCard(QWidget *parent);
    [[nodiscard]] QWidget *sideCards(QWidget *parent);
    [[nodiscard]] QWidget *tableCard(QWidget *parent);
    void follow(Table *table);
    void showTable(int index);
    void renderTiles(const factory::ComputeView &view);
    void renderHeat(const factory::ComputeView &view);
    void renderLanes(const factory::ComputeView &view);
    void renderWorkloads(const factory::ComputeView &view);
    void renderNodes(const factory::ComputeView &view);
    void choose();

    models::CellTable m_nodes;
    models::CellTable m_workloads;
    std::vector<Tile *> m_tiles;
    Panel *m_panel = nullptr;
    HeatMap *m_heat = nullptr;
    Card *m_heatCard = nullptr;
    Label *m_why = nullptr;
    Label *m_reports = nullptr;
    Histogram *m_histogram = nullptr;
    Card *m_nowCard = nullptr;
    LaneChart *m_chart = nullptr;
    Card *m_tableCard = nullptr;
    QStackedWidget *m_tables = nullptr;
    Table *m_workloadTable = nullptr;
    Table *m_nodeTable = nullptr;
    std::vector<QPushButton *> m_groups;
    std::vector<FilterBar *> m_filters; ///< of workloads, of nodes
    QString m_wanted; ///< "waiting", "idle" or an id, until the rows are there
    bool m_selected = false; ///< the click that comes has chosen a row: it does not take the choice back
};

} // namespace andon::ui
