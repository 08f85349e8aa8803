#include "ui/widgets/filterhint.h"

#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QPainter>

namespace andon::ui
{

namespace
{
constexpr int kWidest = 420; // px
constexpr int kLeft = 28;
constexpr int kRight = 10;
} // namespace

FilterHint::FilterHint(QWidget *bar)
    : QWidget(bar->window())
    , m_bar(bar)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFont(ui::font(12));
    setAccessibleName(tr("What is wrong with the filter"));
    hide();
}

void FilterHint::say(const QString &sentence)
{
    m_sentence = sentence;
    setAccessibleDescription(sentence);
    if (parentWidget() != m_bar->window())
        setParent(m_bar->window());
    const int room = std::min(kWidest, parentWidget()->width() - 16) - kLeft - kRight;
    const QRect words = fontMetrics().boundingRect(QRect(0, 0, room, 400), Qt::TextWordWrap, sentence);
    resize(words.width() + kLeft + kRight + 2, words.height() + 12);
    const QPoint below = m_bar->mapTo(parentWidget(), QPoint(0, m_bar->height() + 3));
    move(std::clamp(below.x(), 4, std::max(4, parentWidget()->width() - width() - 4)), below.y());
    show();
    raise();
    update();
}

void FilterHint::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.of(Status::Critical));
    painter.setBrush(t.overlay);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metric::kRadius, metric::kRadius);
    paintStatus(painter, QRectF(9, 8, 12, 12), Status::Critical, t);
    painter.setPen(t.text);
    painter.drawText(rect().adjusted(kLeft, 6, -kRight, -6), Qt::TextWordWrap, m_sentence);
}

} // namespace andon::ui
