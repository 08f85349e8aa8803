#include "ui/widgets/card.h"

#include "ui/theme/style.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace andon::ui
{

Card::Card(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new Label(title, Tone::Strong, 12, this))
    , m_note(new Label({}, Tone::Muted, 12, this))
    , m_header(new QHBoxLayout)
    , m_body(new QVBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto *head = new QWidget(this);
    head->setFixedHeight(metric::kCardHeader);
    head->setLayout(m_header);
    m_header->setContentsMargins(11, 0, 11, 0);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_note, 1);
    m_note->setElided(true);
    column->addWidget(head);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    column->addLayout(m_body, 1);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
}

QString Card::title() const
{
    return m_title->text();
}

void Card::setNote(const QString &note)
{
    m_note->setText(note);
}

void Card::setFlat(bool flat)
{
    m_flat = flat;
    update();
}

void Card::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    if (m_flat) {
        painter.fillRect(QRect(0, 0, width(), metric::kCardHeader), t.raised);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.borderSubtle);
    painter.setBrush(t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metric::kRadius, metric::kRadius);
    painter.drawLine(QPointF(1, metric::kCardHeader + 0.5), QPointF(width() - 1, metric::kCardHeader + 0.5));
}

} // namespace andon::ui
