// The painted parts of a VerdictCard.
#include "text/machinetext.h"
#include "ui/pages/storage/storagewords.h"
#include "ui/pages/storage/verdictcard.h"
#include "ui/theme/style.h"
#include "ui/widgets/tile.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kPadding = 12;
constexpr int kCause = 22;

} // namespace

VerdictHead::VerdictHead(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void VerdictHead::set(int status, const QString &title)
{
    m_status = status;
    m_title = title;
    setAccessibleName(tr("Verdict: %1").arg(title));
    update();
}

void VerdictHead::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    paintStatus(painter, QRectF(kPadding, 8, 18, 18), static_cast<Status>(m_status), t);
    painter.setFont(ui::font(20, true));
    painter.setPen(t.text);
    const QRect title(kPadding + 28, 3, width() - 2 * kPadding - 28, 28);
    painter.drawText(title, Qt::AlignVCenter, painter.fontMetrics().elidedText(m_title, Qt::ElideRight, title.width()));
}

VerdictFigures::VerdictFigures(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("What it costs and how sure it is"));
}

void VerdictFigures::set(std::vector<Figure> figures)
{
    m_figures = std::move(figures);
    QStringList words;
    for (const Figure &figure : m_figures)
        words << figure.title + QStringLiteral(": ") + figure.digits + QStringLiteral(", ") + figure.note;
    setAccessibleDescription(words.join(QStringLiteral(". ")));
    update();
}

QRect VerdictFigures::cell(std::size_t index) const
{
    const int wide = (width() - 2 * kPadding) / std::max(1, static_cast<int>(m_figures.size()));
    return {kPadding + static_cast<int>(index) * wide, 2, wide - 8, 60};
}

bool VerdictFigures::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (std::size_t i = 0; i < m_figures.size(); ++i)
        if (cell(i).contains(help->pos()))
            QToolTip::showText(help->globalPos(),
                               tipOf(m_figures[i].title + u'\n' + m_figures[i].digits + u'\n' + m_figures[i].note),
                               this);
    return true;
}

void VerdictFigures::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        const Figure &figure = m_figures[i];
        const QRect area = cell(i);
        const auto line = [&](const QRect &place, const QString &words) {
            painter.drawText(place, Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(words, Qt::ElideRight, place.width()));
        };
        painter.setFont(ui::font(11));
        painter.setPen(t.text2);
        line(QRect(area.left(), area.top(), area.width(), 16), figure.title);
        painter.setFont(ui::font(20, true));
        painter.setPen(figure.digits == u"—" ? t.muted : t.text);
        line(QRect(area.left(), area.top() + 16, area.width(), 28), figure.digits);
        painter.setFont(ui::font(11));
        painter.setPen(t.muted);
        line(QRect(area.left(), area.top() + 44, area.width(), 16), figure.note);
    }
}

CauseGrid::CauseGrid(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Other causes that were looked for"));
}

QSize CauseGrid::sizeHint() const
{
    return {400, static_cast<int>((m_checks.size() + 1) / 2) * kCause + 4};
}

void CauseGrid::set(std::vector<factory::RivalCheck> checks)
{
    m_checks = std::move(checks);
    QStringList words;
    for (const factory::RivalCheck &check : m_checks)
        words << text::rivalName(check.id) + QStringLiteral(": ") + rivalResult(check) + u' ' + rivalValue(check);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QRect CauseGrid::cell(std::size_t index) const
{
    const std::size_t rows = (m_checks.size() + 1) / 2;
    const int wide = (width() - 2 * kPadding - 16) / 2;
    return {kPadding + static_cast<int>(index / rows) * (wide + 16), static_cast<int>(index % rows) * kCause, wide,
            kCause};
}

bool CauseGrid::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (std::size_t i = 0; i < m_checks.size(); ++i)
        if (cell(i).contains(help->pos())) {
            const factory::RivalCheck &check = m_checks[i];
            QString tip = text::rivalName(check.id) + QStringLiteral(": ") + rivalResult(check) + u'\n'
                + text::rivalMeaning(check.id);
            if (!check.holds)
                tip += u'\n' + text::howToEnable(check.id);
            QToolTip::showText(help->globalPos(), tipOf(tip), this);
            return true;
        }
    QToolTip::hideText();
    return true;
}

void CauseGrid::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setFont(ui::font(12));
    for (std::size_t i = 0; i < m_checks.size(); ++i) {
        const factory::RivalCheck &check = m_checks[i];
        const QRect area = cell(i);
        const Status status = !check.holds ? Status::Stale : *check.holds ? Status::Warning : Status::Ok;
        paintStatus(painter, QRectF(area.left(), area.center().y() - 5, 11, 11), status, t);
        const QString value = rivalValue(check);
        const QString end = value.isEmpty() || !check.holds ? rivalResult(check) : value;
        painter.setFont(ui::font(11));
        const int wide = painter.fontMetrics().horizontalAdvance(end) + 8;
        painter.setPen(status == Status::Warning ? t.text : t.muted);
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, end);
        painter.setFont(ui::font(12, status == Status::Warning));
        painter.setPen(check.holds ? t.text : t.muted);
        painter.drawText(
            area.adjusted(18, 0, -wide, 0), Qt::AlignVCenter,
            painter.fontMetrics().elidedText(text::rivalName(check.id), Qt::ElideRight, area.width() - 18 - wide));
    }
}

} // namespace andon::ui
