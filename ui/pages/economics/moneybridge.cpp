#include "ui/pages/economics/moneybridge.h"

#include "text/kpitext.h"
#include "ui/theme/style.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

namespace
{

/// The share of an amount, exact in its units: a ratio in millionths, rounded half-even once.
core::Money shareOf(const core::Money &amount, double ratio)
{
    const auto ppm = static_cast<core::Wide>(std::llround(std::clamp(ratio, 0.0, 1.0) * 1e6));
    return {static_cast<std::int64_t>(core::divideHalfEven(static_cast<core::Wide>(amount.micro) * ppm, 1'000'000)),
            amount.currency};
}

double plain(const core::Money &amount)
{
    return static_cast<double>(amount.micro) / 1e6;
}

struct Hours {
    double held = 0;
    double busy = 0;
    std::int64_t shared = 0; ///< micro-units
};

Hours hoursOf(const economics::KpiRow &row)
{
    Hours hours;
    for (const economics::KpiInput &input : row.cost.inputs) {
        if (input.key == "gpu_hours" && input.value)
            hours.held += std::get<double>(*input.value);
        if (input.key == "shared" && input.value)
            hours.shared += std::get<core::Money>(*input.value).micro;
    }
    return hours;
}

} // namespace

MoneySteps moneySteps(const economics::KpiRow &row)
{
    MoneySteps out;
    const core::Money *revenue = row.revenue.money();
    const core::Money *cost = row.cost.money();
    const core::Money *margin = row.margin.money();
    if (!revenue || !cost || !margin) {
        out.missing = text::kpiMissing(!revenue ? row.revenue : !cost ? row.cost : row.margin);
        return out;
    }
    const Hours hours = hoursOf(row);
    const core::Money gpu{cost->micro - hours.shared, cost->currency};
    out.steps.push_back({MoneyBridge::tr("Revenue"), {}, *revenue, true});
    const double *busy = row.utilisation.number();
    if (busy) {
        const core::Money used = shareOf(gpu, *busy);
        const auto percent = [](double share) { return text::number(share * 100, 1) + QStringLiteral("\u00a0%"); };
        out.steps.push_back({MoneyBridge::tr("GPU time busy"),
                             MoneyBridge::tr("%1 of what was held").arg(percent(*busy)),
                             {-used.micro, used.currency}});
        out.steps.push_back({MoneyBridge::tr("GPU time not busy"),
                             MoneyBridge::tr("held all the same"),
                             {used.micro - gpu.micro, gpu.currency}});
    } else {
        out.steps.push_back({MoneyBridge::tr("GPU time"),
                             text::number(hours.held, 1) + QStringLiteral(" GPU-h"),
                             {-gpu.micro, gpu.currency}});
    }
    if (hours.shared != 0)
        out.steps.push_back(
            {MoneyBridge::tr("Shared costs"), MoneyBridge::tr("spread by tokens"), {-hours.shared, cost->currency}});
    out.steps.push_back({MoneyBridge::tr("Margin"), text::kpiValue(row.grossMargin), *margin, true});
    return out;
}

MoneyBridge::MoneyBridge(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("From revenue to margin"));
}

void MoneyBridge::set(MoneySteps steps)
{
    if (steps == m_steps)
        return;
    m_steps = std::move(steps);
    QStringList lines;
    for (const MoneySteps::Step &step : m_steps.steps)
        lines << step.name + QStringLiteral(": ") + text::money(step.amount);
    setAccessibleDescription(lines.isEmpty() ? m_steps.missing : lines.join(u'\n'));
    update();
}

void MoneyBridge::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    const QRect area = rect().adjusted(12, 8, -12, -8);
    painter.setFont(ui::font(12));
    if (m_steps.steps.empty()) {
        painter.setPen(t.muted);
        painter.drawText(area, Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                         tr("Not known: %1.").arg(m_steps.missing));
        return;
    }
    const int rows = static_cast<int>(m_steps.steps.size());
    const int pitch = std::clamp(area.height() / rows, 22, 84);
    const double thick = std::clamp(pitch * 0.4, 12.0, 28.0);
    const int names = std::clamp(area.width() / 3, 130, 210);
    const QRect plot(area.left() + names, area.top(), area.width() - names - 92, pitch * rows);
    double low = 0;
    double high = 0;
    double at = 0;
    for (const MoneySteps::Step &step : m_steps.steps) {
        at = step.total ? plain(step.amount) : at + plain(step.amount);
        low = std::min(low, at);
        high = std::max(high, at);
    }
    const double span = std::max(high - low, 1e-9);
    const auto xOf = [&](double value) { return plot.left() + plot.width() * (value - low) / span; };
    painter.setPen(t.borderStrong);
    painter.drawLine(QPointF(xOf(0), plot.top()), QPointF(xOf(0), plot.bottom()));
    double before = 0;
    for (int i = 0; i < rows; ++i) {
        const MoneySteps::Step &step = m_steps.steps[static_cast<std::size_t>(i)];
        const int top = plot.top() + pitch * i;
        const double from = step.total ? 0 : before;
        const double to = step.total ? plain(step.amount) : before + plain(step.amount);
        const bool bad = step.amount.micro < 0 && step.total;
        const QRectF bar(std::min(xOf(from), xOf(to)), top + (pitch - thick) / 2.0,
                         std::max(1.0, std::abs(xOf(to) - xOf(from))), thick);
        painter.fillRect(bar, bad ? t.of(Status::Warning) : step.total ? t.borderStrong : t.series[0]);
        if (i + 1 < rows) { // where the next one hangs
            painter.setPen(QPen(t.border, 1, Qt::DotLine));
            painter.drawLine(QPointF(xOf(to), bar.bottom()), QPointF(xOf(to), top + pitch + (pitch - thick) / 2.0));
        }
        before = to;
        const bool two = pitch >= 34 && !step.note.isEmpty();
        painter.setFont(ui::font(12, step.total));
        painter.setPen(t.text);
        const QRect name(area.left(), top, names - 8, two ? pitch / 2 + 1 : pitch);
        painter.drawText(name, (two ? Qt::AlignBottom : Qt::AlignVCenter) | Qt::AlignLeft, step.name);
        painter.drawText(QRect(area.right() - 90, top, 90, pitch), Qt::AlignVCenter | Qt::AlignRight,
                         text::money(step.amount));
        painter.setFont(ui::font(11));
        painter.setPen(t.muted);
        const QRect note(area.left(), top + pitch / 2 + 1, names - 8, pitch / 2);
        if (two)
            painter.drawText(note, Qt::AlignTop | Qt::AlignLeft,
                             painter.fontMetrics().elidedText(step.note, Qt::ElideRight, note.width()));
    }
}

} // namespace andon::ui
