// The flat list of Compare and what is done with it.
#include "reports/diffcsv.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/units.h"
#include "ui/pages/compare/comparehead.h"
#include "ui/pages/compare/comparepage.h"
#include "ui/pages/compare/comparestrip.h"
#include "ui/pages/compare/difflist.h"
#include "ui/pages/compare/pairpane.h"
#include "ui/pages/compare/prefixtree.h"
#include "ui/widgets/card.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/panel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>

#include <algorithm>

namespace andon::ui
{

namespace
{

using versions::DiffEntry;
using versions::DiffType;

constexpr std::int64_t kSizedByItself = 24; // changed objects whose sizes are asked for without being opened
constexpr std::size_t kMostUris = 10'000;

QString branchOf(const factory::CompareSide &side) ///< "" when it is none
{
    return side.kind == versions::RefKind::Branch ? QString::fromStdString(side.asked.ref.value) : QString();
}

const versions::DiffFolder &folderOf(const factory::DiffRead &read, const std::string &path)
{
    return read.rollup.folders()[static_cast<std::size_t>(std::max(0, read.rollup.find(path)))];
}

} // namespace

void ComparePage::chooseFolder(const std::string &folder, bool byPerson)
{
    if (!m_read)
        return;
    m_wantedFolder = folder;
    m_folder = m_read->rollup.find(folder) < 0 ? std::string() : folder;
    m_tree->choose(m_folder);
    const versions::DiffFolder &one = folderOf(*m_read, m_folder);
    m_query.first = one.firstRow;
    m_query.count = one.sum.objects();
    m_listCard->setTitle(m_folder.empty() ? QString::fromStdString(m_read->comparison.repo.value) + u'/'
                                          : text::visible(m_folder));
    QString note = tr("%1 object(s) differ", nullptr, static_cast<int>(std::min<std::int64_t>(m_query.count, INT_MAX)))
                       .arg(text::count(m_query.count));
    if (m_read->rollup.total().objects() > m_read->index.size())
        note += tr(", the first %1 of all are listed").arg(text::count(m_read->index.size()));
    m_listCard->setNote(note);
    renderKinds();
    listRows();
    askSizes(byPerson);
}

void ComparePage::renderKinds()
{
    if (!m_read || m_kinds.empty())
        return;
    const versions::DiffSum &sum = folderOf(*m_read, m_folder).sum;
    const std::pair<QString, std::int64_t> words[] = {{tr("All %1"), sum.objects()},
                                                      {tr("+ Added %1"), sum.added},
                                                      {tr("− Removed %1"), sum.removed},
                                                      {tr("~ Changed %1"), sum.changed},
                                                      {tr("Conflict %1"), sum.conflict}};
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        const bool chosen = i == 0 ? !m_query.kind : m_query.kind && static_cast<std::size_t>(*m_query.kind) + 1 == i;
        m_kinds[i]->setText(words[i].first.arg(text::count(words[i].second)));
        m_kinds[i]->setChecked(chosen);
        m_kinds[i]->setEnabled(i == 0 || words[i].second > 0 || chosen);
    }
}

void ComparePage::listRows()
{
    if (!m_read)
        return;
    m_query.filter = m_filter->filter();
    m_listing.start(
        m_worker.run<Listed>({},
                             [&service = m_services.comparisons, read = m_read, query = m_query, object = m_object,
                              access = access()](const core::Cancel &cancel) -> core::Result<Listed> {
                                 const auto pageOf = [&](const std::string &after) {
                                     return service.page(read->comparison, after, access, cancel);
                                 };
                                 auto rows = models::diffRows(read->index, query, pageOf, cancel);
                                 if (!rows)
                                     return core::fail(rows.error());
                                 const auto row = models::diffRow(read->index, object, pageOf);
                                 const auto at = row ? std::find(rows->begin(), rows->end(), *row) : rows->end();
                                 const int found = at == rows->end() ? -1 : static_cast<int>(at - rows->begin());
                                 return Listed{std::move(*rows), found};
                             }),
        this, [this](core::Result<Listed> listed) {
            if (listed)
                takeRows(std::move(*listed));
            else if (listed.error().kind != core::ErrorKind::Cancelled)
                Q_EMIT notice(text::headline(listed.error()));
            Q_EMIT changed();
        });
}

void ComparePage::takeRows(Listed listed)
{
    m_rows = std::make_shared<const models::RowNumbers>(std::move(listed.rows));
    const bool filtered = !m_query.filter.empty() || m_query.kind.has_value();
    m_listPanel->show({.state = core::FreshnessState::Live}, {}, !m_rows->empty(), filtered);
    m_filter->setCounts(static_cast<std::int64_t>(m_rows->size()), m_query.count);
    m_list->set(m_read->index, *m_rows, m_folder);
    m_pair->clear(!m_rows->empty());
    if (listed.at >= 0) {
        m_list->setCurrent(listed.at);
        return choosePair(listed.at);
    }
    offerFirst();
}

void ComparePage::offerFirst()
{
    if (m_pairWaits && m_list->current() >= 0)
        return choosePair(m_list->current());
    if (m_list->current() >= 0 || m_list->rowCount() == 0 || !m_list->entry(0))
        return;
    m_list->setCurrent(0);
    choosePair(0);
}

void ComparePage::askSizes(bool byPerson)
{
    const versions::DiffSum &sum = folderOf(*m_read, m_folder).sum;
    const std::int64_t changedOnes = sum.changed + sum.conflict;
    m_list->setBefore({});
    m_strip->setBefore(std::nullopt);
    if (!m_read->complete || changedOnes == 0 || (!byPerson && changedOnes > kSizedByItself))
        return;
    m_sizes.start(
        m_worker.run<factory::SizesBefore>({},
                                           [&service = m_services.comparisons, read = m_read, folder = m_folder,
                                            first = m_query.first, count = m_query.count,
                                            access = access()](const core::Cancel &cancel) {
                                               return service.sizesBefore(*read, folder, first, count, access, cancel);
                                           }),
        this, [this, folder = m_folder](core::Result<factory::SizesBefore> sizes) {
            if (!sizes) {
                if (sizes.error().kind != core::ErrorKind::Cancelled)
                    Q_EMIT notice(text::headline(sizes.error()));
            } else if (folder == m_folder) {
                if (sizes->whole)
                    tellSizes(*sizes);
                if (sizes->whole && folder.empty())
                    m_strip->setBefore(sizes->bytes);
                if (!sizes->whole)
                    Q_EMIT notice(tr("%1 of %2 sizes before were found: the folder holds more than is listed.")
                                      .arg(text::count(static_cast<std::int64_t>(sizes->sizes.size())),
                                           text::count(sizes->wanted)));
                m_list->setBefore(std::move(*sizes));
            }
            Q_EMIT changed();
        });
}

void ComparePage::tellSizes(const factory::SizesBefore &sizes)
{
    // Of each folder in this one, too: its changes are one run of rows.
    const auto &folders = m_read->rollup.folders();
    for (std::size_t i = 0; i < folders.size(); ++i) {
        const std::int64_t first = folders[i].firstRow;
        const std::int64_t end = first + folders[i].sum.objects();
        if (first < m_query.first || end > m_query.first + m_query.count)
            continue;
        std::int64_t bytes = 0;
        for (auto at = std::lower_bound(sizes.sizes.begin(), sizes.sizes.end(), std::pair(first, INT64_MIN));
             at != sizes.sizes.end() && at->first < end; ++at)
            bytes += at->second;
        m_tree->setBefore(m_read->rollup.path(static_cast<std::int32_t>(i)), bytes);
    }
}

void ComparePage::choosePair(int row)
{
    const DiffEntry *one = m_list->entry(row);
    m_pairWaits = !one;
    if (one && m_read)
        m_pair->showPair(m_read->comparison, *one, access());
}

QString ComparePage::uri(const DiffEntry &entry, bool s3) const
{
    const factory::Comparison &c = m_read->comparison;
    const core::CommitId &at = entry.type == DiffType::Removed ? c.before() : c.right.commit.id;
    return (s3 ? QStringLiteral("s3://") : QStringLiteral("lakefs://")) + QString::fromStdString(c.repo.value) + u'/'
        + QString::fromStdString(at.value) + u'/' + QString::fromStdString(entry.path);
}

void ComparePage::showMenu(int row, const QPoint &at)
{
    const DiffEntry *one = m_list->entry(row);
    if (!one)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto copy = [&](const QString &name, const QString &text) {
        menu->addAction(name, this, [text] { QGuiApplication::clipboard()->setText(text); });
    };
    copy(tr("Copy lakefs:// URI"), uri(*one, false));
    copy(tr("Copy s3:// URI"), uri(*one, true));
    copy(tr("Copy path"), QString::fromStdString(one->path));
    const factory::Comparison &c = m_read->comparison;
    const core::CommitId &id = one->type == DiffType::Removed ? c.before() : c.right.commit.id;
    menu->addAction(tr("Show in Objects"), this,
                    [this,
                     link = text::objectLink({QString::fromStdString(c.repo.value), QString::fromStdString(id.value),
                                              QString::fromStdString(one->path)})] { Q_EMIT linkRequested(link); });
    if (const QString branch = branchOf(c.right); !branch.isEmpty())
        menu->addAction(
            tr("Show the commits of %1 that changed it").arg(branch), this,
            [this,
             link = text::pathHistoryLink(QString::fromStdString(c.repo.value), QString::fromStdString(one->path),
                                          branch)] { Q_EMIT linkRequested(link); });
    menu->popup(at);
}

void ComparePage::copyUris()
{
    if (!m_read || !m_rows)
        return;
    const std::string before = "lakefs://" + m_read->comparison.repo.value + "/";
    m_job.start(m_worker.run<std::string>(
                    {},
                    [&service = m_services.comparisons, read = m_read, rows = m_rows, before,
                     access = access()](const core::Cancel &cancel) -> core::Result<std::string> {
                        std::string all;
                        versions::DiffPage page;
                        const factory::DiffIndexPage *at = nullptr;
                        for (std::size_t i = 0; i < std::min(rows->size(), kMostUris); ++i) {
                            const factory::DiffIndexPage &wanted = read->index.pageOf((*rows)[i]);
                            if (at != &wanted) {
                                auto asked = service.page(read->comparison, wanted.after, access, cancel);
                                if (!asked)
                                    return core::fail(asked.error());
                                page = std::move(*asked);
                                at = &wanted;
                            }
                            const DiffEntry &one =
                                page.entries.at(static_cast<std::size_t>((*rows)[i] - wanted.firstRow));
                            const factory::Comparison &c = read->comparison;
                            const auto &id = one.type == DiffType::Removed ? c.before() : c.right.commit.id;
                            all += before + id.value + "/" + one.path + "\n";
                        }
                        return all;
                    }),
                this, [this, shown = m_rows->size()](const core::Result<std::string> &all) {
                    if (all)
                        QGuiApplication::clipboard()->setText(QString::fromStdString(*all));
                    Q_EMIT notice(!all ? text::headline(all.error())
                                      : shown > kMostUris
                                      ? tr("The first %1 of %2 URIs are in the clipboard.")
                                            .arg(text::count(kMostUris), text::count(static_cast<std::int64_t>(shown)))
                                      : tr("%n URI(s) are in the clipboard.", nullptr, static_cast<int>(shown)));
                });
}

void ComparePage::exportCsv()
{
    if (!m_read)
        return;
    auto *dialog = new QFileDialog(this, tr("Save the changes as CSV"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    const factory::Comparison &c = m_read->comparison;
    dialog->selectFile(QStringLiteral("%1-%2-%3.csv")
                           .arg(QString::fromStdString(c.repo.value), text::shortId(c.left.commit.id.value),
                                text::shortId(c.right.commit.id.value)));
    connect(dialog, &QFileDialog::fileSelected, this, &ComparePage::writeCsv);
    dialog->open();
}

void ComparePage::writeCsv(const QString &path)
{
    m_job.start(m_worker.run<std::string>(
                    {},
                    [&service = m_services.comparisons, read = m_read, folder = m_folder, path,
                     access = access()](const core::Cancel &cancel) -> core::Result<std::string> {
                        QSaveFile file(path);
                        const auto failed = [&] {
                            return core::fail(core::ErrorKind::Storage, path.toStdString(),
                                              file.errorString().toStdString());
                        };
                        if (!file.open(QIODevice::WriteOnly))
                            return failed();
                        file.write(QByteArray::fromStdString(reports::diffCsvHeader()));
                        std::int64_t lines = 0;
                        const auto done = service.eachPage(
                            read->comparison, folder, access,
                            [&](const versions::DiffPage &page, const std::string &) -> core::Result<void> {
                                lines += static_cast<std::int64_t>(page.entries.size());
                                if (file.write(QByteArray::fromStdString(reports::diffCsv(page))) < 0)
                                    return failed();
                                return {};
                            },
                            cancel);
                        if (!done)
                            return core::fail(done.error());
                        if (!file.commit())
                            return failed();
                        return tr("%1 changes were written to %2").arg(text::count(lines), path).toStdString();
                    }),
                this, [this](const core::Result<std::string> &done) {
                    Q_EMIT notice(done ? QString::fromStdString(*done) : text::headline(done.error()));
                });
}

} // namespace andon::ui
