// How Compare is put together.
#include "core/clock.h"
#include "ui/pages/compare/comparehead.h"
#include "ui/pages/compare/comparepage.h"
#include "ui/pages/compare/comparestrip.h"
#include "ui/pages/compare/difflist.h"
#include "ui/pages/compare/gatenote.h"
#include "ui/pages/compare/pairpane.h"
#include "ui/pages/compare/prefixtree.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/linkbutton.h"
#include "ui/widgets/panel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>

namespace andon::ui
{

namespace
{

constexpr int kTree = 668;
constexpr int kPage = 1376;
constexpr int kListHigh = 300;
constexpr int kPairHigh = 340;

/// What the colours of the bars mean.
class Legend final : public QWidget
{
public:
    explicit Legend(QWidget *parent)
        : QWidget(parent)
    {
        setFixedHeight(26);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Tokens &t = tokens(this);
        painter.fillRect(rect(), t.surface);
        painter.fillRect(0, 0, width(), 1, t.borderSubtle);
        painter.setFont(ui::font(12));
        const std::pair<QString, QColor> all[] = {{ComparePage::tr("+ added"), t.added},
                                                  {ComparePage::tr("− removed"), t.removed},
                                                  {ComparePage::tr("~ changed"), t.muted},
                                                  {ComparePage::tr("conflict: changed on both sides"), t.text}};
        int x = 12;
        for (const auto &[words, colour] : all) {
            painter.fillRect(x, height() / 2 - 4, 9, 9, colour);
            painter.setPen(t.text2);
            painter.drawText(QRect(x + 15, 0, width(), height()), Qt::AlignVCenter, words);
            x += 15 + painter.fontMetrics().horizontalAdvance(words) + 18;
        }
    }
};

Card *flatCard(const QString &title, QWidget *parent)
{
    auto *card = new Card(title, parent);
    card->setFlat(true);
    card->body()->setContentsMargins(0, 0, 0, 0);
    card->body()->setSpacing(0);
    return card;
}

} // namespace

void ComparePage::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_head = new CompareHead(this);
    column->addWidget(m_head);
    m_panel = new Panel(this);
    column->addWidget(m_panel, 1);
    auto *content = new QWidget(m_panel);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_strip = new CompareStrip(content);
    rows->addWidget(m_strip);
    auto *splitter = new QSplitter(content);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildTree(splitter));
    auto *right = new QSplitter(Qt::Vertical, splitter);
    right->setChildrenCollapsible(false);
    right->addWidget(buildList(right));
    m_pair = new PairPane(m_services.comparisons, m_services.objects, m_worker, right);
    right->addWidget(m_pair);
    right->setSizes({kListHigh, kPairHigh});
    splitter->addWidget(right);
    splitter->setSizes({kTree, kPage - kTree});
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    rows->addWidget(splitter, 1);
    m_gates = new GateNote(content);
    rows->addWidget(m_gates);
    m_panel->setContent(content);
}

QWidget *ComparePage::buildTree(QWidget *parent)
{
    m_treeCard = flatCard(tr("By prefix"), parent);
    m_stop = linkButton(tr("Stop"), m_treeCard);
    auto *expand = linkButton(tr("Expand all"), m_treeCard);
    auto *collapse = linkButton(tr("Collapse all"), m_treeCard);
    for (QPushButton *button : {m_stop, expand, collapse})
        m_treeCard->header()->addWidget(button);
    m_tree = new PrefixTree(m_treeCard);
    m_treeCard->body()->addWidget(m_tree, 1);
    m_treeCard->body()->addWidget(new Legend(m_treeCard));
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_whole.running())
            stopReading();
        else
            startReading();
    });
    connect(expand, &QPushButton::clicked, this, [this] { m_tree->openAll(true); });
    connect(collapse, &QPushButton::clicked, this, [this] {
        m_tree->openAll(false);
        chooseFolder({}, true);
    });
    return m_treeCard;
}

QWidget *ComparePage::buildList(QWidget *parent)
{
    m_listCard = flatCard({}, parent);
    auto *copy = linkButton(tr("Copy URIs"), m_listCard);
    copy->setToolTip(tr("The lakefs:// URIs of what is listed, at most 10,000"));
    auto *save = linkButton(tr("Export CSV"), m_listCard);
    save->setToolTip(tr("Every change below the chosen prefix, one a line"));
    m_listCard->header()->addWidget(copy);
    m_listCard->header()->addWidget(save);
    connect(copy, &QPushButton::clicked, this, &ComparePage::copyUris);
    connect(save, &QPushButton::clicked, this, &ComparePage::exportCsv);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 6, 8, 6);
    bar->setSpacing(6);
    for (int i = 0; i < 5; ++i) {
        auto *chip = new QPushButton(m_listCard);
        chip->setCheckable(true);
        chip->setFixedHeight(24);
        chip->setChecked(i == 0);
        m_kinds.push_back(chip);
        bar->addWidget(chip);
        connect(chip, &QPushButton::clicked, this, [this, i] {
            m_query.kind = i == 0 ? std::nullopt : std::optional(static_cast<versions::DiffType>(i - 1));
            renderKinds();
            listRows();
        });
    }
    m_filter = new FilterBar(
        tr("Filter paths"),
        [this] { return text::FilterGrammar{.fields = models::diffFields(), .now = m_clock.now()}; }, m_listCard);
    m_filter->setMinimumWidth(120);
    m_filter->setObjectName(QStringLiteral("diffFilter"));
    bar->addWidget(m_filter, 1);
    m_listCard->body()->addLayout(bar);
    m_listPanel = new Panel(m_listCard);
    m_list = new DiffList(m_listPanel);
    m_listPanel->setContent(m_list);
    m_listPanel->setEmptyText(tr("Nothing differs here"), tr("Choose another prefix on the left."));
    m_filter->setList(m_list);
    m_listCard->body()->addWidget(m_listPanel, 1);
    return m_listCard;
}

void ComparePage::connectParts()
{
    connect(&m_live, &factory::LiveBase::changed, this, &ComparePage::render);
    connect(m_head, &CompareHead::linkRequested, this, &Page::linkRequested);
    connect(m_gates, &GateNote::linkRequested, this, &Page::linkRequested);
    connect(m_pair, &PairPane::linkRequested, this, &Page::linkRequested);
    connect(m_pair, &PairPane::changed, this, &Page::changed);
    connect(m_head, &CompareHead::asked, this, [this] {
        m_object.clear();
        ask(m_head->words(), true);
        Q_EMIT chosen();
    });
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
    connect(m_tree, &PrefixTree::chosen, this, [this](const std::string &path) { chooseFolder(path, true); });
    connect(m_list, &RowView::currentChanged, this, [this](int row) {
        const versions::DiffEntry *one = m_list->entry(row);
        m_object = one ? one->path : std::string();
        choosePair(row);
        Q_EMIT changed();
    });
    connect(m_list, &RowView::menuRequested, this, &ComparePage::showMenu);
    connect(m_list, &RowView::sortRequested, this, [this](int column) {
        using Order = models::DiffQuery::Order;
        const Order order = column == DiffList::Type ? Order::Kind
            : column == DiffList::Path               ? Order::Path
                                                     : Order::Size;
        m_query.descending = order == m_query.order ? !m_query.descending : order == Order::Size;
        m_query.order = order;
        m_list->setSort(column, m_query.descending);
        listRows();
    });
    m_list->setSort(DiffList::Path, false);
    connect(m_list, &DiffList::pageNeeded, this, [this](const std::string &after) {
        if (!m_read || m_page.running())
            return;
        m_page.start(m_worker.run<versions::DiffPage>(
                         {},
                         [&service = m_services.comparisons, comparison = m_read->comparison, after, access = access()](
                             const core::Cancel &cancel) { return service.page(comparison, after, access, cancel); }),
                     this, [this, after](core::Result<versions::DiffPage> page) {
                         if (page)
                             m_list->addPage(after, std::move(*page));
                         offerFirst();
                         Q_EMIT changed();
                     });
    });
    connect(m_filter, &FilterBar::filterChanged, this, &ComparePage::listRows);
    connect(m_listPanel, &Panel::clearFilterRequested, this, [this] {
        m_query.kind.reset();
        renderKinds();
        m_filter->clear();
        listRows();
    });
}

} // namespace andon::ui
