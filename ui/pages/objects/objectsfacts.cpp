// What an object is, and how much a folder holds.
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/objects/objectlist.h"
#include "ui/pages/objects/objectspage.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>

#include <mutex>

namespace andon::ui
{

struct ObjectsPage::Meter {
    std::mutex mutex;
    std::optional<factory::FolderSize> last;
};

namespace
{

void add(std::vector<Fact> &facts, const QString &name, const QString &value, bool code = false)
{
    if (!value.isEmpty())
        facts.push_back({.kind = Fact::Kind::Row, .name = name, .value = value, .code = code});
}

/// What a Parquet file says of itself.
void addFooter(std::vector<Fact> &facts, const versions::ParquetFooter &footer, std::int64_t read)
{
    facts.push_back({.kind = Fact::Kind::Section,
                     .name = ObjectsPage::tr("Parquet"),
                     .note = ObjectsPage::tr("from its last %1").arg(text::bytes(read))});
    add(facts, ObjectsPage::tr("Rows"), text::count(footer.rows));
    add(facts, ObjectsPage::tr("Row groups"), text::count(footer.rowGroups));
    add(facts, ObjectsPage::tr("Fields"), text::count(static_cast<std::int64_t>(footer.fields.size())));
    const QString codec = text::visible(footer.codec);
    const bool sized = footer.compressed && footer.uncompressed;
    add(facts, ObjectsPage::tr("Compression"),
        sized ? ObjectsPage::tr("%1: %2 from %3")
                    .arg(codec, text::bytes(footer.compressed), text::bytes(footer.uncompressed))
              : codec);
    add(facts, ObjectsPage::tr("Written by"), text::visible(footer.createdBy));
    QStringList names;
    for (const std::string &name : footer.metadata)
        names << text::visible(name);
    add(facts, ObjectsPage::tr("Metadata"), names.join(QStringLiteral(", ")));
}

} // namespace

std::vector<Fact> ObjectsPage::objectFacts(const versions::ObjectEntry &object,
                                           const factory::ObjectPreview *preview) const
{
    std::vector<Fact> facts;
    add(facts, tr("Size"),
        object.sizeBytes ? tr("%1 (%2 bytes)").arg(text::bytes(object.sizeBytes), text::count(*object.sizeBytes))
                         : tr("unknown"));
    add(facts, tr("Modified"), text::dateTime(object.modified));
    add(facts, tr("Type"), text::visible(object.contentType));
    add(facts, tr("Checksum"), text::visible(object.checksum), true);
    add(facts, tr("lakeFS URI"), uri(object.path, false), true);
    add(facts, tr("S3 URI"), uri(object.path, true), true);
    add(facts, tr("Stored at"), text::visible(object.address), true);
    for (const auto &[key, value] : object.metadata)
        add(facts, text::visible(key), text::visible(value));
    addHistory(facts, object.path);
    if (preview && preview->footer)
        addFooter(facts, *preview->footer, preview->read);
    return facts;
}

void ObjectsPage::addHistory(std::vector<Fact> &facts, const std::string &path) const
{
    const ObjectsView &view = m_live.snapshot().value;
    facts.push_back(
        {.kind = Fact::Kind::Link,
         .value = tr("The commits of %1 that changed it").arg(view.branch.isEmpty() ? view.refs.value(0) : view.branch),
         .link = text::pathHistoryLink(view.words.repo, QString::fromStdString(path), view.branch)});
}

std::vector<Fact> ObjectsPage::folderFacts(const std::string &folder) const
{
    std::vector<Fact> facts;
    add(facts, tr("lakeFS URI"), uri(folder, false), true);
    add(facts, tr("S3 URI"), uri(folder, true), true);
    if (!folder.empty())
        addHistory(facts, folder);
    if (!m_size || m_sizeOf != m_shown + QString::fromStdString(folder)) {
        facts.push_back({.kind = Fact::Kind::Text,
                         .value = tr("lakeFS does not keep how much a folder holds. Measuring it reads the list of all "
                                     "objects below it.")});
        return facts;
    }
    const factory::FolderSize &size = *m_size;
    facts.push_back({.kind = Fact::Kind::Section,
                     .name = tr("All below it"),
                     .note = size.complete       ? tr("all read")
                         : m_measuring.running() ? tr("reading on")
                                                 : tr("stopped: at least")});
    add(facts, tr("Objects"), text::count(size.objects));
    add(facts, tr("Bytes"),
        size.unsized > 0
            ? tr("%1 and %2 objects without a size").arg(text::bytes(size.bytes), text::count(size.unsized))
            : text::bytes(size.bytes));
    add(facts, tr("Newest"), text::dateTime(size.newest));
    add(facts, tr("Pages"), text::count(size.pages));
    return facts;
}

void ObjectsPage::renderFacts(const factory::ObjectPreview *preview)
{
    const ObjectsView &view = m_live.snapshot().value;
    const int row = m_list->current();
    const bool chosenObject = row >= 0 && !m_list->entry(row).isPrefix;
    m_measureButton->setVisible(!preview && !chosenObject);
    m_measureButton->setText(m_measuring.running() ? tr("Stop") : tr("Measure the folder"));
    if (preview || chosenObject) {
        const versions::ObjectEntry &object = preview ? preview->entry : m_list->entry(row);
        m_detail->setTitle(text::visible(object.path.substr(object.path.rfind('/') + 1)));
        return m_facts->set(objectFacts(object, preview));
    }
    const std::string folder = row >= 0 ? m_list->entry(row).path : view.folder.folder;
    m_detail->setTitle(folder.empty() ? view.words.repo + u'/' : text::visible(folder));
    m_facts->set(folderFacts(folder));
}

void ObjectsPage::lookAtMeter()
{
    {
        const std::scoped_lock lock(m_meter->mutex);
        if (m_meter->last)
            m_size = m_meter->last;
    }
    renderFacts(nullptr);
}

void ObjectsPage::measure()
{
    if (m_measuring.running()) {
        m_measure.cancel();
        m_measuring.stop();
        m_look.stop();
        return renderFacts(nullptr);
    }
    const factory::FolderView &view = m_live.snapshot().value.folder;
    const int row = m_list->current();
    const std::string folder = row >= 0 && m_list->entry(row).isPrefix ? m_list->entry(row).path : view.folder;
    m_measure = core::Cancel();
    m_meter = std::make_shared<Meter>();
    m_size = factory::FolderSize{};
    m_sizeOf = m_shown + QString::fromStdString(folder);
    m_measuring.start(m_worker.run<factory::FolderSize>(
                          m_measure,
                          [&objects = m_objects, repo = view.repo, at = view.at(), folder, meter = m_meter,
                           network = m_network](const core::Cancel &cancel) {
                              return objects.measure(
                                  repo, at, folder, network ? factory::Access::Refresh : factory::Access::CacheOnly,
                                  [&meter](const factory::FolderSize &size) {
                                      const std::scoped_lock lock(meter->mutex);
                                      meter->last = size;
                                  },
                                  cancel);
                          }),
                      this, [this](const core::Result<factory::FolderSize> &size) {
                          m_look.stop();
                          if (size)
                              m_size = *size;
                          else if (size.error().kind != core::ErrorKind::Cancelled)
                              Q_EMIT notice(text::headline(size.error()));
                          renderFacts(nullptr);
                          Q_EMIT changed();
                      });
    m_look.start();
    renderFacts(nullptr);
}

QString ObjectsPage::uri(const std::string &path, bool s3) const
{
    const factory::FolderView &folder = m_live.snapshot().value.folder;
    return (s3 ? QStringLiteral("s3://") : QStringLiteral("lakefs://")) + QString::fromStdString(folder.repo.value)
        + u'/' + QString::fromStdString(folder.at().value) + u'/' + QString::fromStdString(path);
}

void ObjectsPage::showMenu(int row, const QPoint &at)
{
    const versions::ObjectEntry &entry = m_list->entry(row);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto copy = [&](const QString &name, const QString &text) {
        if (!text.isEmpty())
            menu->addAction(name, this, [text] { QGuiApplication::clipboard()->setText(text); });
    };
    copy(tr("Copy lakefs:// URI"), uri(entry.path, false));
    copy(tr("Copy s3:// URI"), uri(entry.path, true));
    copy(tr("Copy path"), QString::fromStdString(entry.path));
    copy(tr("Copy where it is stored"), QString::fromStdString(entry.address));
    if (entry.isPrefix)
        menu->addAction(tr("Measure the folder"), this, &ObjectsPage::measure);
    menu->popup(at);
}

} // namespace andon::ui
