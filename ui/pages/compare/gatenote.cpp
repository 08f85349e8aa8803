#include "ui/pages/compare/gatenote.h"

#include "text/comparelink.h"
#include "text/gatetext.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linkbutton.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace andon::ui
{

namespace
{

constexpr int kHeight = 30;

} // namespace

GateNote::GateNote(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(kHeight);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(30, 0, 12, 0);
    row->setSpacing(8);
    m_headline = new Label({}, Tone::Strong, 12, this);
    m_detail = new Label({}, Tone::Second, 12, this);
    m_detail->setElided(true);
    m_commit = linkButton(tr("Open commit"), this);
    auto *gates = linkButton(tr("Quality gates"), this);
    m_commit->setToolTip(tr("The commit in Versions, with its hook runs"));
    gates->setToolTip(tr("All hooks, and all that was merged past one"));
    row->addWidget(m_headline);
    row->addWidget(m_detail, 1);
    row->addWidget(m_commit);
    row->addWidget(gates);
    connect(m_commit, &QPushButton::clicked, this, [this] { Q_EMIT linkRequested(m_link); });
    connect(gates, &QPushButton::clicked, this, [this] { Q_EMIT linkRequested(QStringLiteral("page:gates")); });
    hide();
}

void GateNote::set(const core::RepositoryId &repo, const std::vector<factory::PastGate> &past, bool more)
{
    setVisible(!past.empty());
    if (past.empty())
        return;
    const int count = static_cast<int>(past.size());
    m_headline->setText(more ? tr("More than %n commit(s) of B went past a gate.", nullptr, count)
                             : tr("%n commit(s) of B went past a gate.", nullptr, count));
    const QString newest = text::pastGate(past.front().gated, past.front().subject);
    m_detail->setText(count > 1 ? tr("The newest: %1").arg(newest) : newest);
    QStringList all;
    for (const factory::PastGate &one : past)
        all << text::pastGate(one.gated, one.subject);
    m_detail->setToolTip(all.join(u'\n').toHtmlEscaped());
    m_link = text::commitLink(repo, past.front().gated.commit);
}

void GateNote::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = tokens(this);
    painter.fillRect(rect(), t.tintOf(Status::Major));
    painter.fillRect(0, 0, width(), 1, t.borderSubtle);
    paintStatus(painter, QRectF(12, height() / 2.0 - 6, 12, 12), Status::Major, t);
}

} // namespace andon::ui
