// The window pinned to a moment or a commit, and the instant that its charts mark.
#include "factory/commitasof.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/shell/asofbar.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/rangepicker.h"

#include <QKeyEvent>
#include <QPushButton>

namespace andon::ui
{

namespace
{

constexpr QLatin1String kCommit("commit:");

} // namespace

void MainWindow::pin(const QString &words)
{
    factory::Site *site = m_host.site();
    if (!site || words == m_asOf)
        return;
    if (words.isEmpty())
        return applyPin(std::nullopt, {});
    if (words.startsWith(kCommit)) {
        const core::RepositoryId repo(words.mid(kCommit.size()).section(u'@', 0, 0).toStdString());
        const core::CommitId id(words.section(u'@', 1).toStdString());
        m_pinning.start(m_host.worker().run<factory::AsOf>(
                            {},
                            [&versions = site->versions(), repo, id](const core::Cancel &cancel) {
                                return factory::commitAsOf(versions, repo, id, factory::Access::Refresh, cancel);
                            }),
                        this, [this, words](const core::Result<factory::AsOf> &asOf) {
                            if (asOf)
                                applyPin(*asOf, words);
                            else
                                say(text::headline(asOf.error()));
                        });
        return;
    }
    const core::Instant now = m_host.clock().now();
    const auto at = text::moment(words, now, QTimeZone::systemTimeZone());
    if (!at)
        return say(text::visible(at.error().detail));
    if (*at > now)
        return say(tr("%1 is still to come: the console can be pinned to what was.").arg(words));
    applyPin(factory::AsOf{.at = *at}, text::absolute({*at, *at}).from);
}

void MainWindow::applyPin(std::optional<factory::AsOf> asOf, const QString &words)
{
    factory::Site *site = m_host.site();
    if (!site)
        return;
    m_asOf = words;
    m_pinBar->setVisible(asOf.has_value());
    if (asOf) {
        const core::Instant now = m_host.clock().now();
        const QString at = text::dateTime(asOf->at) + QStringLiteral(" (") + text::ago(asOf->at, now) + u')';
        m_pinBar->setText(asOf->commit.empty()
                              ? tr("As of %1. Lists, lineage, charts and KPIs are those of that moment.").arg(at)
                              : tr("As of commit %1 of %2, %3. All else is of that moment.")
                                    .arg(text::shortId(asOf->commit.value), text::visible(asOf->repository.value), at));
    }
    const bool pinned = asOf.has_value();
    site->pin().set(std::move(asOf));
    m_range->setPinned(pinned);
    refreshPage(true);
    visited();
}

void MainWindow::setCrosshair(const Crosshair &crosshair)
{
    const bool held = m_crosshair.held;
    m_crosshair = crosshair;
    for (Page *page : m_pages)
        if (page)
            page->setCrosshair(crosshair);
    if (held || crosshair.held)
        renderHeld();
    if (!held && crosshair.held)
        say(tr("Held on every page: %1. Esc lets go of it.").arg(text::dateTime(crosshair.at)));
}

void MainWindow::renderHeld()
{
    if (m_crosshair.held)
        m_held->setText(
            tr("Held: %1, %2").arg(text::dateTime(m_crosshair.at), text::ago(m_crosshair.at, m_host.clock().now())));
    m_held->setVisible(m_crosshair.held);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    // Esc is taken by whatever is open or has words in it; what is left of it releases one thing, the nearest first.
    if (event->key() == Qt::Key_Escape && m_crosshair.held)
        return setCrosshair({});
    if (event->key() == Qt::Key_Escape && !m_asOf.isEmpty())
        return pin({});
    QMainWindow::keyPressEvent(event);
}

} // namespace andon::ui
