#include "ui/widgets/factsheet.h"

#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/factlayout.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

QColor colourOf(FactPiece::Ink ink, const Tokens &t)
{
    switch (ink) {
    case FactPiece::Ink::Text:
        return t.text;
    case FactPiece::Ink::Second:
        return t.text2;
    case FactPiece::Ink::Muted:
        return t.muted;
    case FactPiece::Ink::Link:
        return t.link;
    }
    return t.text;
}

} // namespace

FactSheet::FactSheet(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMouseTracking(true);
}

void FactSheet::set(std::vector<Fact> facts)
{
    if (facts == m_facts)
        return;
    m_facts = std::move(facts);
    m_width = -1;
    arrange();
    setAccessibleDescription(text());
    updateGeometry();
    update();
}

void FactSheet::arrange()
{
    if (m_width == width() || width() <= 0)
        return;
    m_width = width();
    int height = 0;
    m_lines = layOutFacts(m_facts, m_width, &height);
}

int FactSheet::heightForWidth(int width) const
{
    int height = 0;
    (void)layOutFacts(m_facts, width, &height);
    return height;
}

QSize FactSheet::sizeHint() const
{
    return {300, heightForWidth(300)};
}

void FactSheet::resizeEvent(QResizeEvent *)
{
    arrange();
}

void FactSheet::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        m_width = -1;
        arrange();
    }
    QWidget::changeEvent(event);
}

void FactSheet::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_lines.size() && i < m_facts.size(); ++i) {
        const Fact &fact = m_facts[i];
        const FactLine &line = m_lines[i];
        if (fact.kind == Fact::Kind::Section && i > 0) {
            painter.setPen(t.borderSubtle);
            painter.drawLine(QPointF(0, line.rect.top() + 5.5), QPointF(width(), line.rect.top() + 5.5));
        }
        if (fact.kind == Fact::Kind::Rule && fact.strong)
            painter.fillRect(line.rect, t.selected);
        if (fact.kind == Fact::Kind::Code) {
            painter.setPen(t.borderSubtle);
            painter.setBrush(t.canvas);
            painter.drawRoundedRect(QRectF(line.rect).adjusted(kFactSide + 0.5, 4.5, -kFactSide - 0.5, -1.5), 2, 2);
        }
        if (fact.status >= 0 && !line.pieces.empty()) {
            const bool row = fact.kind == Fact::Kind::Row;
            painter.setRenderHint(QPainter::Antialiasing);
            paintStatus(painter, QRectF(kFactSide + (row ? kFactNames : 0), line.pieces.front().at.y() + 3, 11, 11),
                        static_cast<Status>(fact.status), t);
        }
        for (const FactPiece &piece : line.pieces) {
            painter.setPen(colourOf(piece.ink, t));
            piece.layout->draw(&painter, piece.at);
        }
    }
}

int FactSheet::at(const QPoint &point) const
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        if (m_lines[i].rect.contains(point))
            return static_cast<int>(i);
    return -1;
}

void FactSheet::mouseMoveEvent(QMouseEvent *event)
{
    const int index = at(event->position().toPoint());
    const bool link = index >= 0 && !m_facts[static_cast<std::size_t>(index)].link.isEmpty();
    setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FactSheet::mousePressEvent(QMouseEvent *event)
{
    const int index = at(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index >= 0)
        if (const QString link = m_facts[static_cast<std::size_t>(index)].link; !link.isEmpty())
            Q_EMIT linkRequested(link);
}

void FactSheet::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int index = at(event->pos());
    if (index >= 0) {
        const QString value = m_facts[static_cast<std::size_t>(index)].value;
        if (!value.isEmpty())
            menu->addAction(tr("Copy value"), this, [value] { QApplication::clipboard()->setText(value); });
    }
    menu->addAction(tr("Copy all"), this, [this] { QApplication::clipboard()->setText(text()); });
    menu->popup(event->globalPos());
}

QString FactSheet::text() const
{
    QStringList lines;
    for (const Fact &fact : m_facts) {
        QStringList parts;
        for (const QString &part : fact.kind == Fact::Kind::Step || fact.kind == Fact::Kind::Rule
                 ? QStringList{fact.name, fact.note, fact.value}
                 : QStringList{fact.name, fact.value, fact.note})
            if (!part.isEmpty())
                parts << part;
        if (fact.kind == Fact::Kind::Section && !lines.isEmpty())
            lines << QString();
        lines << parts.join(fact.kind == Fact::Kind::Section ? QStringLiteral("  ") : QStringLiteral(": "));
    }
    return lines.join(u'\n');
}

FactPane::FactPane(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setBackgroundRole(QPalette::Base);
    m_sheet = new FactSheet(m_scroll);
    m_sheet->setBackgroundRole(QPalette::Base);
    m_sheet->setAutoFillBackground(true);
    m_scroll->setWidget(m_sheet);
    column->addWidget(m_scroll);
}

void FactPane::set(std::vector<Fact> facts)
{
    const auto &before = m_sheet->facts(); // a value may change while it is read: the name says what it is of
    const bool other = facts.empty() || before.empty() || facts.front().name != before.front().name
        || facts.front().note != before.front().note;
    m_sheet->set(std::move(facts));
    if (other)
        m_scroll->verticalScrollBar()->setValue(0);
}

} // namespace andon::ui
