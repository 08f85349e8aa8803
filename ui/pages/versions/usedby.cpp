#include "ui/pages/versions/usedby.h"

#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/usetext.h"
#include "ui/pages/versions/detailparts.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QPushButton>

#include <set>

namespace andon::ui
{

namespace
{

constexpr std::size_t kMostRows = 12;

Status statusOf(const lineage::Use &use)
{
    switch (use.status) {
    case lineage::RunStatus::Failed:
        return Status::Critical;
    case lineage::RunStatus::Killed:
        return Status::Warning;
    case lineage::RunStatus::Finished:
        return Status::Ok;
    default:
        return Status::Idle;
    }
}

} // namespace

UsedBy::UsedBy(QWidget *parent)
    : Card(tr("Used by"), parent)
{
    setFlat(true);
    body()->setContentsMargins(12, 6, 12, 2);
    body()->setSpacing(4);
    hide();
}

void UsedBy::addRow(QGridLayout &grid, const lineage::Use &use, core::Instant now)
{
    const int row = grid.rowCount();
    auto *pill = new Pill(this);
    pill->set(statusOf(use), use.deleted ? tr("Deleted") : text::runStatus(QString::fromLatin1(name(use.status))));
    auto *name = new Label(text::runTitle(use), Tone::Normal, 12, this);
    auto *reason = new Label(text::useReason(use), Tone::Muted, 12, this);
    for (Label *label : {name, reason})
        label->setElided(true);
    auto *age =
        new Label(use.started.known() ? text::ago(use.started, now) : QStringLiteral("—"), Tone::Second, 12, this);
    age->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid.addWidget(pill, row, 0);
    grid.addWidget(name, row, 1);
    grid.addWidget(age, row, 2);
    grid.addWidget(reason, row + 1, 1, 1, 2);
    int below = row + 2;
    for (const auto &[model, version] : use.made) {
        const std::string made = model.value + "@" + version.value;
        auto *button = idButton(tr("→ %1").arg(text::visible(made)), this);
        const QString link = QStringLiteral("model:") + QString::fromStdString(made);
        connect(button, &QPushButton::clicked, this, [this, link] { Q_EMIT linkRequested(link); });
        grid.addWidget(button, below++, 1, 1, 2, Qt::AlignLeft);
    }
}

void UsedBy::set(const factory::CommitContext &context, core::Instant now)
{
    clearLayout(body());
    setVisible(!context.uses.empty() || context.usesError);
    if (context.usesError) {
        setNote({});
        auto *why = new Label(text::headline(*context.usesError), Tone::Muted, 12, this);
        why->setWordWrap(true);
        body()->addWidget(why);
        return;
    }
    std::set<std::pair<core::ModelName, core::ModelVersionNumber>> models;
    for (const lineage::Use &use : context.uses)
        models.insert(use.made.begin(), use.made.end());
    const QString runs = tr("%n run(s)", nullptr, static_cast<int>(context.uses.size()));
    setNote(models.empty()
                ? runs
                : tr("%n model version(s)", nullptr, static_cast<int>(models.size())) + QStringLiteral(", ") + runs);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < std::min(kMostRows, context.uses.size()); ++i)
        addRow(*grid, context.uses[i], now);
    body()->addLayout(grid);
    if (const auto more = static_cast<int>(context.uses.size()) - static_cast<int>(kMostRows); more > 0)
        body()->addWidget(new Label(tr("and %n more run(s)", nullptr, more), Tone::Muted, 12, this));
}

} // namespace andon::ui
