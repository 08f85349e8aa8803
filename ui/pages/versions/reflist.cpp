#include "ui/pages/versions/reflist.h"

#include "core/clock.h"
#include "models/reflistmodel.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/panel.h"

#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

using models::RefListModel;

class RefDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, metric::kRow};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = tokens(option.widget);
        const auto kind = index.data(RefListModel::KindRole).toInt();
        const QRect r = option.rect;
        painter->save();
        if (kind == RefListModel::Section) {
            painter->fillRect(r, option.state & QStyle::State_HasFocus ? t.hover : t.raised);
            paintFold(*painter, QPointF(r.left() + 16, r.center().y() + 0.5),
                      index.data(RefListModel::FoldedRole).toBool(), t.text2);
            painter->setFont(ui::font(12, true));
            painter->setPen(t.text2);
            painter->drawText(r.adjusted(28, 0, 0, 0), Qt::AlignVCenter, index.data().toString());
            painter->setFont(ui::font(11));
            painter->setPen(t.muted);
            painter->drawText(r.adjusted(0, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight,
                              index.data(RefListModel::NoteRole).toString());
            painter->restore();
            return;
        }
        const bool current = index.data(RefListModel::CurrentRole).toBool();
        if (option.state & QStyle::State_Selected || current)
            painter->fillRect(r, t.selected);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(r, t.hover);
        mark(*painter, QRect(r.left() + 10, r.top() + 6, 12, 12), index, t);
        painter->setFont(ui::font(11));
        painter->setPen(t.muted);
        const QString note = index.data(RefListModel::NoteRole).toString();
        const int noteWidth = painter->fontMetrics().horizontalAdvance(note) + 8;
        painter->drawText(r.adjusted(0, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight, note);
        painter->setFont(ui::font(12, current || index.data(RefListModel::DefaultRole).toBool()));
        painter->setPen(t.text);
        QRect name = r.adjusted(28, 0, -10 - noteWidth, 0);
        if (index.data(RefListModel::ProtectedRole).toBool()) {
            paintGlyph(*painter, QRectF(name.right() - 12, r.top() + 6, 12, 12), Glyph::Lock, t.muted);
            name.setRight(name.right() - 16);
        }
        painter->drawText(name, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, name.width()));
        painter->restore();
    }

private:
    static void mark(QPainter &painter, const QRect &at, const QModelIndex &index, const Tokens &t)
    {
        const int gate = index.data(RefListModel::GateRole).toInt();
        if (gate > 0)
            return paintStatus(painter, at, gate == 2 ? Status::Critical : Status::Major, t);
        switch (index.data(RefListModel::KindRole).toInt()) {
        case RefListModel::Tag:
            return paintGlyph(painter, at, Glyph::Tag, t.muted);
        case RefListModel::Branch: {
            const int lane = index.data(RefListModel::LaneRole).toInt();
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(lane < 0 ? t.muted : t.lane(lane), 1.5));
            painter.drawLine(QPointF(at.center().x() + 0.5, at.top()), QPointF(at.center().x() + 0.5, at.bottom()));
            painter.setBrush(lane < 0 ? t.muted : t.lane(lane));
            painter.drawEllipse(QRectF(at).center(), 3.5, 3.5);
            return;
        }
        default:
            return paintStatus(painter, at, Status::Idle, t);
        }
    }
};

} // namespace

RefList::RefList(RefListModel &model, const core::Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_filter(new FilterBar(
          tr("Filter repositories and refs"),
          [&model, &clock] { return text::FilterGrammar{.fields = model.fields(), .now = clock.now()}; }, this))
    , m_list(new QListView(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(10, 0, 10, 0);
    top->addWidget(m_filter);
    column->addLayout(top);
    auto *panel = new Panel(this);
    panel->setContent(m_list);
    column->addWidget(panel, 1);
    m_filter->setFixedHeight(26);
    m_filter->setList(m_list);
    m_list->setModel(&model);
    m_list->setItemDelegate(new RefDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Repositories, branches and tags"));
    const auto follow = [this, panel, &model] {
        m_filter->setCounts(model.shown(), model.total());
        const bool nothing = model.total() > 0 && model.shown() == 0;
        panel->show({.state = core::FreshnessState::Live}, {}, !nothing, nothing);
    };
    connect(m_filter, &FilterBar::filterChanged, this,
            [&model](const text::Filter &filter) { model.setFilter(filter); });
    connect(&model, &RefListModel::filtered, this, follow);
    connect(panel, &Panel::clearFilterRequested, m_filter, &QLineEdit::clear);
    follow();
    const auto choose = [this, &model](const QModelIndex &index) {
        if (index.data(RefListModel::KindRole).toInt() == RefListModel::Section)
            model.toggle(index);
        else if (index.data(RefListModel::KindRole).toInt() == RefListModel::Repository)
            Q_EMIT repositoryChosen(index.data(RefListModel::NameRole).toString());
        else
            Q_EMIT commitChosen(index.data(RefListModel::CommitRole).toString());
    };
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::customContextMenuRequested, this, [this](const QPoint &at) { offerOnly(at); });
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
}

void RefList::offerOnly(const QPoint &at)
{
    const QModelIndex index = m_list->indexAt(at);
    const QString commit = index.data(RefListModel::CommitRole).toString();
    if (commit.isEmpty())
        return;
    const QString name = index.data(RefListModel::NameRole).toString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Only what it reaches, or no longer"), this,
                    [this, commit, name] { Q_EMIT onlyRequested(commit, name); });
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

void RefList::focusFilter()
{
    m_filter->focusAll();
}

} // namespace andon::ui
