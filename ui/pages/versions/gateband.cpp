#include "ui/pages/versions/gateband.h"

#include "text/plain.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace andon::ui
{

namespace
{

constexpr int kShape = 12; // px

/// Of hooks that ended so, each once.
QString hooksThat(versions::HookStatus status, const factory::CommitDetail &detail)
{
    QStringList names;
    for (const versions::ActionRun &run : detail.runs)
        for (const versions::HookRun &hook : run.hooks)
            if (const QString name = text::visible(hook.hook); hook.status == status && !names.contains(name))
                names << name;
    return names.join(QStringLiteral(", "));
}

} // namespace

GateBand::GateBand(QWidget *parent)
    : QWidget(parent)
    , m_words(new Label({}, Tone::Strong, 12, this))
{
    m_words->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8 + kShape + 6, 5, 8, 5);
    row->addWidget(m_words);
    hide();
}

void GateBand::set(const factory::CommitDetail &detail, bool refused)
{
    using versions::HookStatus;
    m_failed = detail.gates.failed > 0;
    setVisible(m_failed || detail.gates.skipped > 0);
    const QString hooks = hooksThat(m_failed ? HookStatus::Failed : HookStatus::Skipped, detail);
    m_words->setText(!m_failed     ? tr("Past a gate that did not run: %1").arg(hooks)
                         : refused ? tr("Refused by a gate: %1").arg(hooks)
                                   : tr("A gate failed: %1").arg(hooks));
    update();
}

void GateBand::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &t = tokens(this);
    const Status status = m_failed ? Status::Critical : Status::Major;
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.tintOf(status));
    painter.drawRoundedRect(rect(), 2, 2);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    paintStatus(painter, QRectF(mirrored ? width() - 8 - kShape : 8, height() / 2.0 - kShape / 2.0, kShape, kShape),
                status, t);
}

} // namespace andon::ui
