#include "ui/pages/versions/hookcard.h"

#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/versions/detailparts.h"
#include "ui/theme/statusof.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linkbutton.h"

#include <QGridLayout>
#include <QPushButton>

namespace andon::ui
{

namespace
{

QString wordOf(versions::HookStatus status)
{
    switch (status) {
    case versions::HookStatus::Completed:
        return HookCard::tr("passed");
    case versions::HookStatus::Failed:
        return HookCard::tr("failed");
    case versions::HookStatus::Skipped:
        return HookCard::tr("skipped");
    case versions::HookStatus::Unknown:
        return HookCard::tr("unknown");
    }
    return {};
}

} // namespace

HookCard::HookCard(QWidget *parent)
    : Card(tr("Hook runs"), parent)
{
}

void HookCard::set(const factory::CommitDetail &detail)
{
    clearLayout(body());
    setVisible(!detail.runs.empty());
    setNote(tr("%1 passed, %2 failed, %3 skipped")
                .arg(detail.gates.completed)
                .arg(detail.gates.failed)
                .arg(detail.gates.skipped));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const versions::ActionRun &run : detail.runs)
        for (const versions::HookRun &hook : run.hooks) {
            auto *pill = new Pill(this);
            pill->set(statusOf(hook.status), wordOf(hook.status));
            const QString title = text::visible(hook.hook);
            auto *name = linkButton(title, this);
            name->setFont(ui::font(12));
            name->setToolTip(tr("What %1 wrote").arg(title).toHtmlEscaped());
            auto *event = new Label(text::visible(run.event), Tone::Muted, 12, this);
            event->setElided(true);
            const bool timed = hook.started.known() && hook.ended.known();
            auto *time = new Label(timed ? text::duration(hook.ended - hook.started) : QStringLiteral("—"),
                                   Tone::Second, 12, this);
            time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            connect(name, &QPushButton::clicked, this,
                    [this, runId = QString::fromStdString(run.id), hookId = QString::fromStdString(hook.id), title] {
                        Q_EMIT outputRequested(runId, hookId, title);
                    });
            int column = 0;
            for (QWidget *cell : {static_cast<QWidget *>(pill), static_cast<QWidget *>(name),
                                  static_cast<QWidget *>(event), static_cast<QWidget *>(time)})
                grid->addWidget(cell, row, column++);
            ++row;
        }
    body()->addLayout(grid);
}

} // namespace andon::ui
