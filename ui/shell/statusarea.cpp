#include "ui/shell/statusarea.h"

#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace andon::ui
{

namespace
{

QString productOf(const factory::SourceState &source)
{
    if (source.kind == "lakefs")
        return QStringLiteral("lakeFS");
    if (source.kind == "mlflow")
        return QStringLiteral("MLflow");
    if (source.kind == "prometheus")
        return QStringLiteral("Prometheus");
    return text::visible(source.kind);
}

} // namespace

StatusArea::StatusArea(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(metric::kStatusBar);
    setFont(ui::font(11));
    setAccessibleName(tr("Sources"));
    m_until.setSingleShot(true);
    connect(&m_until, &QTimer::timeout, this, [this] {
        m_said.clear();
        update();
    });
}

void StatusArea::say(const QString &sentence)
{
    constexpr int kBriefMs = 4000;
    constexpr int kPerLetterMs = 60;
    m_said = sentence;
    m_until.start(kBriefMs + kPerLetterMs * static_cast<int>(sentence.size()));
    QAccessibleEvent event(this, QAccessible::Alert);
    setAccessibleDescription(sentence);
    QAccessible::updateAccessibility(&event);
    update();
}

void StatusArea::set(std::vector<factory::SourceState> sources, core::Instant now, const QString &note)
{
    m_sources = std::move(sources);
    m_now = now;
    m_note = note;
    QStringList lines;
    for (const factory::SourceState &source : m_sources)
        lines << lineOf(source);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    update();
}

QString StatusArea::lineOf(const factory::SourceState &source) const
{
    QString line = productOf(source);
    switch (source.freshness.state) {
    case core::FreshnessState::Loading:
        return line + QStringLiteral("  ") + tr("not asked yet");
    case core::FreshnessState::Live:
        line += QStringLiteral("  ") + text::age(source.freshness.at, m_now);
        break;
    default:
        line += QStringLiteral("  ") + text::stateWord(source.freshness.state).toLower()
            + (source.freshness.at.known() ? u' ' + text::age(source.freshness.at, m_now) : QString());
    }
    if (source.latencyMs >= 0)
        line += QStringLiteral(" · %1 ms").arg(source.latencyMs);
    if (source.plainHttp)
        line += QStringLiteral(" · ") + tr("not encrypted");
    return line;
}

void StatusArea::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.raised);
    painter.setPen(t.borderSubtle);
    painter.drawLine(0, 0, width(), 0);
    int left = 12;
    m_rects.clear();
    for (const factory::SourceState &source : m_sources) {
        const QString line = lineOf(source);
        const int wide = painter.fontMetrics().horizontalAdvance(line);
        paintStatus(painter, QRectF(left, 8, 8, 8), statusOf(source.freshness.state), t);
        painter.setPen(t.text2);
        painter.drawText(QRect(left + 14, 0, wide + 4, height()), Qt::AlignVCenter, line);
        m_rects.emplace_back(left, 0, wide + 18, height());
        left += wide + 36;
    }
    painter.setPen(m_said.isEmpty() ? t.muted : t.text);
    const QRect rest = rect().adjusted(left, 0, -12, 0);
    painter.drawText(
        rest, Qt::AlignVCenter | Qt::AlignRight,
        painter.fontMetrics().elidedText(m_said.isEmpty() ? m_note : m_said, Qt::ElideRight, rest.width()));
}

void StatusArea::mousePressEvent(QMouseEvent *)
{
    Q_EMIT logRequested();
}

bool StatusArea::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (std::size_t i = 0; i < m_rects.size(); ++i) {
        if (!m_rects[i].contains(help->pos()))
            continue;
        const factory::SourceState &source = m_sources[i];
        QString tip = text::visible(source.product.empty() ? source.kind : source.product) + u'\n'
            + text::visible(source.server) + u'\n' + text::freshnessLine(source.freshness, m_now);
        if (source.freshness.error)
            tip += u'\n' + text::nextStep(*source.freshness.error);
        QToolTip::showText(help->globalPos(), tip.toHtmlEscaped(), this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

} // namespace andon::ui
