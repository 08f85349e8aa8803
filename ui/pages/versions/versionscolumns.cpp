// What a person shows and hides on Versions: columns of the log, sections of the refs.
#include "ui/pages/versions/commitlog.h"
#include "ui/pages/versions/versionspage.h"
#include "ui/theme/tokens.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace andon::ui
{

namespace
{

const QString kLog = QStringLiteral("log.");
const QString kRefs = QStringLiteral("refs.");

struct Column {
    const char *name;
    const char *title;
};
constexpr Column kColumns[] = {{"author", QT_TRANSLATE_NOOP("andon::ui::CommitLog", "Author")},
                               {"metadata", QT_TRANSLATE_NOOP("andon::ui::CommitLog", "Metadata")},
                               {"hooks", QT_TRANSLATE_NOOP("andon::ui::CommitLog", "Hooks")},
                               {"age", QT_TRANSLATE_NOOP("andon::ui::CommitLog", "Age")},
                               {"commit", QT_TRANSLATE_NOOP("andon::ui::CommitLog", "Commit")}};

std::vector<std::string> withStart(const QString &start, const QStringList &words)
{
    std::vector<std::string> all;
    for (const QString &word : words)
        all.push_back((start + word).toStdString());
    return all;
}

QStringList without(const QString &start, const std::vector<std::string> &all)
{
    QStringList words;
    for (const std::string &one : all)
        if (const QString word = QString::fromStdString(one); word.startsWith(start))
            words << word.mid(start.size());
    return words;
}

} // namespace

int CommitLog::widthOf(const char *column, int px) const
{
    return m_hidden.contains(QString::fromLatin1(column)) ? 0 : px;
}

QStringList CommitLog::shownColumns() const
{
    QStringList shown;
    for (const Column &column : kColumns)
        if (!m_hidden.contains(QString::fromLatin1(column.name)))
            shown << QString::fromLatin1(column.name);
    if (m_hidden.empty())
        return {};
    return shown.isEmpty() ? QStringList{QString()} : shown; // none of them
}

void CommitLog::showColumns(const QStringList &names)
{
    m_hidden.clear();
    for (const Column &column : kColumns)
        if (const QString name = QString::fromLatin1(column.name); !names.isEmpty() && !names.contains(name))
            m_hidden.insert(name);
    viewport()->update();
}

QMenu *CommitLog::columnsMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Column &column : kColumns) {
        const QString name = QString::fromLatin1(column.name);
        QAction *action = menu->addAction(tr(column.title));
        action->setCheckable(true);
        action->setChecked(!m_hidden.contains(name));
        connect(action, &QAction::toggled, this, [this, name](bool shown) {
            shown ? static_cast<void>(m_hidden.erase(name)) : static_cast<void>(m_hidden.insert(name));
            viewport()->update();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("As it was made"), this, [this] { showColumns({}); })->setEnabled(!m_hidden.empty());
    return menu;
}

void CommitLog::openColumnsMenu()
{
    columnsMenu()->popup(mapToGlobal(QPoint(8, metric::kRow)));
}

void CommitLog::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        openColumnsMenu();
    else if (event->pos().y() < metric::kRow)
        columnsMenu()->popup(event->globalPos());
}

std::vector<std::string> VersionsPage::columns() const
{
    return withStart(kLog, m_log->shownColumns());
}

void VersionsPage::setColumns(const std::vector<std::string> &columns)
{
    m_log->showColumns(without(kLog, columns));
}

void VersionsPage::chooseColumns()
{
    m_log->openColumnsMenu();
}

std::vector<std::string> VersionsPage::expanded() const
{
    return withStart(kRefs, m_refsModel.openSections());
}

void VersionsPage::setExpanded(const std::vector<std::string> &expanded)
{
    m_refsModel.openOnly(without(kRefs, expanded));
}

} // namespace andon::ui
