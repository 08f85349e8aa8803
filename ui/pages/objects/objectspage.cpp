#include "ui/pages/objects/objectspage.h"

#include "core/clock.h"
#include "factory/compareservice.h"
#include "factory/versionservice.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/objects/objectlist.h"
#include "ui/widgets/card.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kLookMs = 150;

std::string folderOf(const QString &path)
{
    return path.left(path.lastIndexOf(u'/') + 1).toStdString();
}

core::Result<core::Snapshot<ObjectsView>> answer(factory::VersionService &versions, factory::ObjectService &objects,
                                                 const text::ObjectWords &words, core::Instant now,
                                                 factory::Access access, const core::Cancel &cancel)
{
    core::Snapshot<ObjectsView> snapshot;
    const auto all = versions.repositories(factory::Access::CacheOnly, cancel);
    if (!all)
        return core::fail(all.error());
    snapshot.freshness = all->freshness;
    if (all->value.empty() && !factory::asks(access))
        return snapshot;
    if (all->value.empty())
        if (const auto listed = versions.repositories(access, cancel); !listed || listed->value.empty())
            return listed
                ? core::Result<core::Snapshot<ObjectsView>>(core::Snapshot<ObjectsView>{.freshness = listed->freshness})
                : core::fail(listed.error());
    const auto side = text::readSide(words.ref, now);
    if (!side)
        return core::fail(side.error());
    auto folder =
        objects.folder(core::RepositoryId(words.repo.toStdString()), {core::RefName(side->ref.toStdString()), side->at},
                       folderOf(words.path), access, cancel);
    if (!folder)
        return core::fail(folder.error());
    snapshot.freshness = folder->freshness;
    ObjectsView &view = snapshot.value;
    view.known = true;
    view.folder = std::move(folder->value);
    view.words = words;
    view.words.repo = QString::fromStdString(view.folder.repo.value);
    if (words.ref.isEmpty())
        view.words.ref = QString::fromStdString(view.folder.ref.value);
    if (const auto named = versions.repositories(factory::Access::CacheOnly, cancel))
        for (const factory::RepositoryRow &row : named->value)
            view.repositories << QString::fromStdString(row.repository.id.value);
    if (const auto repo = versions.repository(view.folder.repo, factory::Access::CacheOnly, cancel))
        for (const factory::RefRow &row : repo->value.refs) {
            const QString name = QString::fromStdString(row.ref.name.value);
            row.isDefault ? view.refs.prepend(name) : view.refs.append(name);
            if (row.ref.kind == versions::RefKind::Branch && !row.isDefault && name == side->ref)
                view.branch = name;
        }
    return snapshot;
}

bool answers(const ObjectsView &view, const text::ObjectWords &asked)
{
    return view.known && (asked.repo.isEmpty() || view.words.repo == asked.repo)
        && (asked.ref.isEmpty() || view.words.ref == asked.ref) && view.folder.folder == folderOf(asked.path);
}

} // namespace

ObjectsPage::ObjectsPage(factory::VersionService &versions, factory::ObjectService &objects, factory::Worker &worker,
                         const core::Clock &clock, QWidget *parent)
    : Page(parent)
    , m_versions(versions)
    , m_objects(objects)
    , m_worker(worker)
    , m_clock(clock)
    , m_live(
          worker,
          [&versions, &objects, &clock](factory::Access access, const core::Cancel &cancel) {
              return answer(versions, objects, {}, clock.now(), access, cancel);
          },
          nullptr)
{
    build();
    connectParts();
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, &ObjectsPage::lookAtMeter);
}

ObjectsPage::~ObjectsPage()
{
    m_measure.cancel();
}

void ObjectsPage::ask(const text::ObjectWords &words, bool network)
{
    m_words = words;
    m_chosen = words.path.endsWith(u'/') ? std::string() : words.path.toStdString();
    m_network = m_network || network;
    m_live.ask(
        [&versions = m_versions, &objects = m_objects, words, &clock = m_clock](factory::Access access,
                                                                                const core::Cancel &cancel) {
            return answer(versions, objects, words, clock.now(), access, cancel);
        },
        network);
}

void ObjectsPage::refresh(bool network)
{
    m_network = network;
    m_live.refresh(network);
}

void ObjectsPage::goTo(const QString &folder)
{
    const ObjectsView &view = m_live.snapshot().value;
    m_filter->clear();
    ask({view.words.repo, view.words.ref, folder}, true);
    Q_EMIT chosen();
}

bool ObjectsPage::open(const QString &link)
{
    if (link == u"page:objects")
        return true;
    const auto words = text::readObjectLink(link);
    if (!words)
        return false;
    ask(*words, true);
    return true;
}

QString ObjectsPage::selection() const
{
    const ObjectsView &view = m_live.snapshot().value;
    if (!answers(view, m_words))
        return m_words.repo.isEmpty() ? QString() : text::objectLink(m_words);
    return text::objectLink(
        {view.words.repo, view.words.ref, QString::fromStdString(m_chosen.empty() ? view.folder.folder : m_chosen)});
}

bool ObjectsPage::settled() const
{
    return !m_live.refreshing() && !m_more.running() && !m_reading.running() && !m_measuring.running();
}

void ObjectsPage::render()
{
    const auto &snapshot = m_live.snapshot();
    const ObjectsView &view = snapshot.value;
    const bool mine = answers(view, m_words);
    core::Freshness freshness = snapshot.freshness;
    if (!mine && view.known && freshness.error) // the value is the answer to another question
        freshness.state = core::FreshnessState::Unavailable;
    else if (!mine && m_live.refreshing()) // that the cache has it not is no news while it is asked for
        freshness = {.state = core::FreshnessState::Loading};
    m_panel->show(freshness, m_clock.now(), mine || (view.known && m_live.refreshing()));
    if (!mine)
        return Q_EMIT changed();
    if (m_repositories->count() != view.repositories.size()) {
        m_repositories->clear();
        m_repositories->addItems(view.repositories);
    }
    m_repositories->setCurrentText(view.words.repo);
    if (!m_ref->hasFocus() || !m_ref->isModified())
        m_ref->setText(view.words.ref);
    m_refs->setStringList(view.refs);
    QStringList facts;
    if (const auto &commit = view.folder.commit) {
        const core::Instant at = core::Instant::fromSeconds(commit->created);
        facts << text::shortId(commit->id.value) << text::dateTime(at) << text::visible(versions::subject(*commit));
    } else {
        facts << tr("not a commit: what is shown may change");
    }
    m_refFacts->setText(facts.join(QStringLiteral(" · ")));
    const QString shown = view.words.repo + u'@' + QString::fromStdString(view.folder.at().value) + u'/'
        + QString::fromStdString(view.folder.folder);
    const bool anew = shown != m_shown || !view.folder.commit; // else it is what was read, and perhaps more of it
    if (anew) {
        m_entries = std::make_shared<const std::vector<versions::ObjectEntry>>(view.folder.entries);
        m_next = view.folder.next;
        m_preview->showWords(tr("Choose an object to see what it begins with."));
    }
    if (shown != m_shown) {
        m_measure.cancel();
        m_size.reset();
        m_shown = shown;
    }
    renderPath();
    renderRows();
    const int row = m_chosen.empty() ? -1 : m_list->rowOf(m_chosen);
    if (row >= 0 && (anew || row != m_list->current()))
        chooseRow(row);
    else if (row < 0)
        renderFacts(nullptr);
    Q_EMIT changed();
}

void ObjectsPage::renderPath()
{
    const ObjectsView &view = m_live.snapshot().value;
    while (QLayoutItem *item = m_crumbs->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    QString path;
    QStringList parts = QString::fromStdString(view.folder.folder).split(u'/', Qt::SkipEmptyParts);
    parts.prepend(view.words.repo);
    for (int i = 0; i < parts.size(); ++i) {
        path += i == 0 ? QString() : parts[i] + u'/';
        auto *button = new QPushButton(text::visible(parts[i].toStdString()) + QStringLiteral(" /"), m_path);
        button->setProperty("link", true);
        button->setToolTip(path.toHtmlEscaped());
        button->setEnabled(i + 1 < parts.size());
        button->setFixedHeight(20);
        connect(button, &QPushButton::clicked, this, [this, path] { goTo(path); });
        m_crumbs->addWidget(button);
    }
    m_crumbs->addStretch(1);
}

void ObjectsPage::renderRows()
{
    if (!m_entries)
        return;
    const ObjectsView &view = m_live.snapshot().value;
    models::FilterRows values(
        {text::wordField("name"), text::numberField("size", "B"), text::timeField("time"), text::wordField("type")});
    for (const versions::ObjectEntry &entry : *m_entries) {
        values.set(0, entry.path.substr(std::min(view.folder.folder.size(), entry.path.size())));
        if (entry.sizeBytes)
            values.set(1, static_cast<double>(*entry.sizeBytes));
        if (entry.modified.known())
            values.set(2, static_cast<double>(entry.modified.ms));
        values.set(3, entry.contentType);
        values.endRow();
    }
    models::RowNumbers rows = *models::filterRows(values, m_filter->filter());
    const auto key = [&](std::uint32_t row) -> std::int64_t {
        const versions::ObjectEntry &entry = (*m_entries)[row];
        return m_sort == ObjectList::Size ? entry.sizeBytes.value_or(-1) : entry.modified.ms;
    };
    if (m_sort != ObjectList::Name)
        std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
            return m_descending ? key(a) > key(b) : key(a) < key(b);
        });
    else if (m_descending)
        std::reverse(rows.begin(), rows.end());
    m_filter->setCounts(static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(m_entries->size()));
    m_listPanel->show({.state = core::FreshnessState::Live}, {}, !rows.empty(), !m_filter->filter().empty());
    m_list->set(m_entries, std::move(rows), view.folder.folder, m_clock.now());
    const auto folders = std::count_if(m_entries->begin(), m_entries->end(), [](const auto &e) { return e.isPrefix; });
    const auto objects = static_cast<int>(static_cast<std::ptrdiff_t>(m_entries->size()) - folders);
    QStringList holds;
    if (folders > 0)
        holds << tr("%n folder(s)", nullptr, static_cast<int>(folders));
    if (objects > 0 || folders == 0)
        holds << tr("%n object(s)", nullptr, objects);
    QString note = holds.join(QStringLiteral(", "));
    if (!m_next.empty())
        note += tr(", there are more");
    m_listCard->setTitle(view.folder.folder.empty() ? view.words.repo + u'/' : text::visible(view.folder.folder));
    m_listCard->setNote(note);
    m_moreButton->setVisible(!m_next.empty());
}

void ObjectsPage::takeMore()
{
    const ObjectsView &view = m_live.snapshot().value;
    if (m_next.empty() || m_more.running())
        return;
    m_more.start(m_worker.run<versions::ObjectPage>(
                     {},
                     [&objects = m_objects, folder = view.folder, after = m_next,
                      network = m_network](const core::Cancel &cancel) {
                         return objects.page(folder.repo, folder.at(), folder.folder, "/", after,
                                             network ? factory::Access::Refresh : factory::Access::CacheOnly, cancel);
                     }),
                 this, [this, shown = m_shown](const core::Result<versions::ObjectPage> &page) {
                     if (!page) {
                         Q_EMIT notice(text::headline(page.error()));
                     } else if (shown == m_shown) {
                         auto all = *m_entries;
                         all.insert(all.end(), page->entries.begin(), page->entries.end());
                         m_entries = std::make_shared<const std::vector<versions::ObjectEntry>>(std::move(all));
                         m_next = page->next;
                         renderRows();
                     }
                     Q_EMIT changed();
                 });
}

void ObjectsPage::chooseRow(int row)
{
    const versions::ObjectEntry &entry = m_list->entry(row);
    m_list->setCurrent(row);
    m_chosen = entry.isPrefix ? std::string() : entry.path;
    renderFacts(nullptr);
    if (entry.isPrefix)
        return m_preview->showWords(tr("Open the folder with Enter or a double click."));
    m_preview->showWords(tr("Reading …"));
    const factory::FolderView &folder = m_live.snapshot().value.folder;
    m_reading.start(
        m_worker.run<PreviewSide>({},
                                  [&objects = m_objects, repo = folder.repo, at = folder.at(), path = entry.path,
                                   network = m_network](const core::Cancel &cancel) -> core::Result<PreviewSide> {
                                      PreviewSide side;
                                      auto preview = objects.preview(
                                          repo, at, path,
                                          network ? factory::Access::Refresh : factory::Access::CacheOnly, cancel);
                                      if (!preview)
                                          return core::fail(preview.error());
                                      side.picture = pictureOf(*preview);
                                      side.preview = std::move(*preview);
                                      return side;
                                  }),
        this, [this](const core::Result<PreviewSide> &side) {
            if (side) {
                renderFacts(&*side->preview);
                m_preview->showOne(*side);
            } else {
                m_preview->showWords(text::headline(side.error()));
            }
            Q_EMIT changed();
        });
}

} // namespace andon::ui
