#include "ui/widgets/filteroffers.h"

#include "ui/theme/style.h"

#include <QStringListModel>

#include <algorithm>

namespace andon::ui
{

namespace
{
constexpr int kMostRows = 10;
constexpr int kNarrowest = 120; // px
constexpr int kWidest = 320;
} // namespace

FilterOffers::FilterOffers(QWidget *bar)
    : QListView(bar->window())
    , m_bar(bar)
    , m_words(new QStringListModel(this))
{
    setModel(m_words);
    setFocusPolicy(Qt::NoFocus);
    setEditTriggers(NoEditTriggers);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setFont(ui::font(12));
    setFrameShape(QFrame::Box);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("What may stand here"));
    connect(this, &QListView::clicked, this,
            [this](const QModelIndex &index) { Q_EMIT taken(index.data().toString()); });
    hide();
}

void FilterOffers::offer(const QStringList &words, int left)
{
    m_words->setStringList(words);
    setCurrentIndex({});
    QPalette palette = m_bar->palette();
    palette.setColor(QPalette::Base, tokens(m_bar).overlay);
    setPalette(palette);
    if (parentWidget() != m_bar->window())
        setParent(m_bar->window());
    int wide = kNarrowest;
    for (const QString &word : words)
        wide = std::max(wide, fontMetrics().horizontalAdvance(word) + 32);
    const int rows = std::min(kMostRows, static_cast<int>(words.size()));
    const QPoint below = m_bar->mapTo(parentWidget(), QPoint(left, m_bar->height() + 2));
    const int high = rows * std::max(1, sizeHintForRow(0)) + 2 * frameWidth();
    const QSize room = parentWidget()->size();
    setGeometry(std::clamp(below.x(), 2, std::max(2, room.width() - std::min(wide, kWidest) - 2)), below.y(),
                std::min(wide, kWidest), std::min(high, std::max(40, room.height() - below.y() - 2)));
    show();
    raise();
    scrollToTop();
}

void FilterOffers::step(int by)
{
    const int rows = m_words->rowCount();
    const int at = currentIndex().isValid() ? currentIndex().row() + by : by > 0 ? 0 : rows - 1;
    if (rows > 0)
        setCurrentIndex(m_words->index((at + rows) % rows));
}

QString FilterOffers::chosen() const
{
    return currentIndex().isValid() ? currentIndex().data().toString() : QString();
}

QString FilterOffers::first() const
{
    return m_words->stringList().value(0);
}

} // namespace andon::ui
