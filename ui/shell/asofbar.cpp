#include "ui/shell/asofbar.h"

#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace andon::ui
{

namespace
{
constexpr int kHeight = 30;
} // namespace

AsOfBar::AsOfBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new Label({}, Tone::Normal, 12, this))
{
    setFixedHeight(kHeight);
    setObjectName(QStringLiteral("asof"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(34, 0, 8, 0);
    m_text->setElided(true);
    row->addWidget(m_text, 1);
    auto *release = new QPushButton(tr("Back to now (Esc)"), this);
    release->setFixedHeight(22);
    connect(release, &QPushButton::clicked, this, &AsOfBar::released);
    row->addWidget(release);
}

void AsOfBar::setText(const QString &sentence)
{
    m_text->setText(sentence);
    setAccessibleName(sentence);
}

void AsOfBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.tintOf(Status::Maintenance));
    painter.setPen(t.of(Status::Maintenance));
    painter.drawLine(0, height() - 1, width(), height() - 1);
    paintStatus(painter, QRectF(12, 9, 12, 12), Status::Maintenance, t);
}

} // namespace andon::ui
