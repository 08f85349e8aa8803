#pragma once
// Floor: four stations, the key figures, the line with what happened beside it, and what needs somebody. GUI thread.
#include "factory/machinesservice.h"
#include "ui/pages/floor/ackdesk.h"
#include "ui/pages/livepage.h"

#include <QPointer>

namespace andon::ui
{

class AckDialog;
class Card;
class FlowArrow;
class Label;
class LaneChart;
class NeedsList;
class Panel;
class StationCard;
class Tile;
struct AckRow;

class FloorPage final : public RangedPage<factory::FloorView>
{
    Q_OBJECT
public:
    FloorPage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
              QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Floor"); }
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    bool open(const QString &link) override { return link == u"page:floor"; }
    /// nullptr: nothing can be acknowledged here. It must outlive the page.
    void setAckDesk(AckDesk *desk);
    [[nodiscard]] bool canAcknowledge() const; ///< something that needs somebody is chosen
    void acknowledgeChosen(); ///< or withdraws it, when somebody is on it

protected:
    void render(const core::Snapshot<factory::FloorView> &snapshot) override;

private:
    void build(QWidget *body);
    void toggle(const AckRow &row);
    void finish(const core::Pending<std::string> &pending, const QPointer<AckDialog> &dialog);
    [[nodiscard]] QWidget *lineCard(QWidget *parent);
    [[nodiscard]] QWidget *needsCard(QWidget *parent);
    void renderStations(const factory::FloorView &view);
    void renderTiles(const factory::FloorView &view);
    void renderLine(const factory::FloorView &view);

    std::vector<StationCard *> m_stations;
    std::vector<FlowArrow *> m_arrows;
    std::vector<Tile *> m_tiles;
    Panel *m_panel = nullptr;
    Card *m_line = nullptr;
    LaneChart *m_chart = nullptr;
    Card *m_needsCard = nullptr;
    NeedsList *m_needs = nullptr;
    Label *m_order = nullptr; ///< in which they stand
    FilterBar *m_filter = nullptr;
    AckDesk *m_acks = nullptr;
};

} // namespace andon::ui
