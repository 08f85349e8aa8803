// How Objects is put together.
#include "core/clock.h"
#include "ui/pages/objects/objectlist.h"
#include "ui/pages/objects/objectspage.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStringListModel>

namespace andon::ui
{

namespace
{

constexpr int kList = 620;
constexpr int kDetail = 756;
constexpr int kFactsHigh = 264;

std::vector<text::FilterField> objectFields()
{
    return {text::wordField("name"), text::numberField("size", "B"), text::timeField("time"), text::wordField("type")};
}

} // namespace

QPushButton *ObjectsPage::buildRef(QWidget *parent)
{
    m_ref = new QLineEdit(parent);
    m_ref->setFont(ui::font(13, true));
    m_ref->setMaximumWidth(240);
    m_ref->setObjectName(QStringLiteral("objectsRef"));
    m_ref->setAccessibleName(tr("Branch, tag or commit; main@2026-11-20 for a date"));
    m_ref->setToolTip(m_ref->accessibleName());
    m_refs = new QStringListModel(this);
    auto *completer = new QCompleter(m_refs, m_ref);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_ref->setCompleter(completer);
    auto *open = new QPushButton(QStringLiteral("▾"), parent);
    open->setFixedSize(24, 26);
    open->setToolTip(tr("Branches and tags"));
    open->setAccessibleName(tr("Branches and tags"));
    connect(open, &QPushButton::clicked, this, [completer, line = m_ref] {
        completer->setCompletionPrefix({});
        line->setFocus();
        completer->complete();
    });
    return open;
}

QWidget *ObjectsPage::buildHead()
{
    auto *head = new QWidget(this);
    head->setFixedHeight(44);
    head->setAutoFillBackground(true);
    head->setBackgroundRole(QPalette::Base);
    head->setLayoutDirection(Qt::LeftToRight);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    m_repositories = new QComboBox(head);
    m_repositories->setAccessibleName(tr("Repository"));
    m_repositories->setToolTip(tr("The repository whose objects are shown"));
    QPushButton *open = buildRef(head);
    m_refFacts = new Label({}, Tone::Second, 12, head);
    m_refFacts->setElided(true);
    auto *compare = new QPushButton(tr("Compare"), head);
    compare->setToolTip(tr("Compare this ref with the default branch"));
    row->addWidget(m_repositories);
    row->addWidget(m_ref, 1);
    row->addWidget(open);
    row->addWidget(m_refFacts, 2);
    row->addWidget(compare);
    const auto asked = [this] {
        const QString folder = m_words.path.left(m_words.path.lastIndexOf(u'/') + 1);
        ask({m_repositories->currentText(), m_ref->text().trimmed(), folder}, true);
        Q_EMIT chosen();
    };
    connect(m_ref, &QLineEdit::returnPressed, this, asked);
    connect(m_ref->completer(), qOverload<const QString &>(&QCompleter::activated), this, asked, Qt::QueuedConnection);
    connect(m_repositories, &QComboBox::activated, this, [this] {
        ask({m_repositories->currentText(), {}, {}}, true);
        Q_EMIT chosen();
    });
    connect(compare, &QPushButton::clicked, this, [this] {
        const ObjectsView &view = m_live.snapshot().value;
        if (view.known)
            Q_EMIT linkRequested(text::compareLink(
                {.repo = view.words.repo, .left = view.words.ref, .right = view.refs.value(0, view.words.ref)}));
    });
    return head;
}

void ObjectsPage::buildList(QWidget *parent)
{
    m_listCard = new Card({}, parent);
    m_listCard->setFlat(true);
    m_listCard->body()->setContentsMargins(0, 0, 0, 0);
    m_listCard->body()->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 8, 4);
    bar->setSpacing(8);
    m_path = new QWidget(m_listCard);
    m_crumbs = new QHBoxLayout(m_path);
    m_crumbs->setContentsMargins(0, 0, 0, 0);
    m_crumbs->setSpacing(2);
    m_path->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar->addWidget(m_path, 1);
    m_filter = new FilterBar(
        tr("Filter this folder"),
        [this] { return text::FilterGrammar{.fields = objectFields(), .now = m_clock.now()}; }, m_listCard);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(240);
    m_filter->setObjectName(QStringLiteral("objectsFilter"));
    bar->addWidget(m_filter, 1);
    m_listCard->body()->addLayout(bar);
    m_listPanel = new Panel(m_listCard);
    m_list = new ObjectList(m_listPanel);
    m_list->setSort(0, false);
    m_listPanel->setContent(m_list);
    m_listPanel->setEmptyText(tr("Nothing is in this folder"), tr("At this ref no object's path begins like that."));
    m_filter->setList(m_list);
    m_listCard->body()->addWidget(m_listPanel, 1);
    m_moreButton = new QPushButton(tr("Read more"), m_listCard);
    m_moreButton->hide();
    m_listCard->header()->addWidget(m_moreButton);
}

void ObjectsPage::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    m_panel = new Panel(this);
    column->addWidget(m_panel, 1);
    auto *splitter = new QSplitter(m_panel);
    splitter->setChildrenCollapsible(false);
    m_panel->setContent(splitter);
    m_panel->setEmptyText(tr("No repository is known yet"), tr("Refresh (F5) to ask the lakeFS of this site."));

    buildList(splitter);
    auto *right = new QSplitter(Qt::Vertical, splitter);
    right->setChildrenCollapsible(false);
    m_detail = new Card({}, right);
    m_detail->setFlat(true);
    m_detail->body()->setContentsMargins(0, 0, 0, 0);
    m_facts = new FactPane(m_detail);
    m_detail->body()->addWidget(m_facts, 1);
    m_measureButton = new QPushButton(tr("Measure the folder"), m_detail);
    m_measureButton->setFixedHeight(22);
    m_measureButton->setToolTip(tr("Reads the list of all objects below it and adds their sizes up"));
    m_detail->header()->addWidget(m_measureButton);
    m_preview = new PreviewView(right);
    right->addWidget(m_detail);
    right->addWidget(m_preview);
    right->setSizes({kFactsHigh, 560});
    splitter->addWidget(m_listCard);
    splitter->addWidget(right);
    splitter->setSizes({kList, kDetail});
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
}

void ObjectsPage::connectParts()
{
    connect(&m_live, &factory::LiveBase::changed, this, &ObjectsPage::render);
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
    connect(m_list, &RowView::currentChanged, this, [this](int row) {
        chooseRow(row);
        Q_EMIT chosen();
    });
    connect(m_list, &RowView::activated, this, [this](int row) {
        if (m_list->entry(row).isPrefix)
            goTo(QString::fromStdString(m_list->entry(row).path));
    });
    connect(m_list, &ObjectList::upRequested, this, [this] {
        const QString folder = QString::fromStdString(m_live.snapshot().value.folder.folder);
        if (!folder.isEmpty())
            goTo(folder.left(folder.lastIndexOf(u'/', -2) + 1));
    });
    connect(m_list, &RowView::menuRequested, this, &ObjectsPage::showMenu);
    connect(m_list, &RowView::sortRequested, this, [this](int column) {
        m_descending = column == m_sort ? !m_descending : column != ObjectList::Name;
        m_sort = column;
        m_list->setSort(column, m_descending);
        renderRows();
    });
    connect(m_moreButton, &QPushButton::clicked, this, &ObjectsPage::takeMore);
    connect(m_measureButton, &QPushButton::clicked, this, &ObjectsPage::measure);
    connect(m_facts->sheet(), &FactSheet::linkRequested, this, &Page::linkRequested);
    connect(m_filter, &FilterBar::filterChanged, this, &ObjectsPage::renderRows);
    connect(m_listPanel, &Panel::clearFilterRequested, m_filter, &QLineEdit::clear);
}

} // namespace andon::ui
