#include "ui/shell/windowstate.h"

#include "ui/pages/page.h"

#include <QDateTime>
#include <QFile>
#include <QSettings>
#include <QSplitter>

namespace andon::ui
{

namespace
{

QString nameOf(const QString &key, int number)
{
    return QStringLiteral("%1-%2").arg(key).arg(number);
}

std::vector<std::string> wordsOf(const std::map<QString, QStringList> &kept, const QString &key)
{
    std::vector<std::string> words;
    if (const auto found = kept.find(key); found != kept.end())
        for (const QString &word : found->second)
            words.push_back(word.toStdString());
    return words;
}

void keep(std::map<QString, QStringList> &kept, const QString &key, const std::vector<std::string> &words)
{
    kept.erase(key);
    for (const std::string &word : words)
        kept[key] << QString::fromStdString(word);
}

void readLists(QSettings &file, const QString &group, std::map<QString, QStringList> &lists)
{
    file.beginGroup(group);
    for (const QString &key : file.childKeys())
        lists[key] = file.value(key).toStringList();
    file.endGroup();
}

} // namespace

void WindowState::restorePage(const QString &key, Page &page) const
{
    int number = 0;
    for (auto *splitter : page.findChildren<QSplitter *>())
        if (const auto kept = splitters.find(nameOf(key, number++)); kept != splitters.end())
            splitter->restoreState(kept->second);
    page.setColumns(wordsOf(columns, key));
    page.setExpanded(wordsOf(expanded, key));
}

void WindowState::keepPage(const QString &key, const Page &page)
{
    int number = 0;
    for (const auto *splitter : page.findChildren<QSplitter *>())
        splitters[nameOf(key, number++)] = splitter->saveState();
    keep(columns, key, page.columns());
    keep(expanded, key, page.expanded());
}

WindowState readWindowState(const QString &file, QString &broken)
{
    WindowState state;
    if (!QFile::exists(file))
        return state;
    {
        QSettings kept(file, QSettings::IniFormat);
        if (kept.status() == QSettings::NoError && kept.value(QStringLiteral("format")).toInt() == 1) {
            state.geometry = kept.value(QStringLiteral("geometry")).toByteArray();
            state.site = kept.value(QStringLiteral("site")).toString();
            kept.beginGroup(QStringLiteral("sites"));
            for (const QString &site : kept.childGroups()) {
                const auto value = [&](const char *what) {
                    return kept.value(site + u'/' + QString::fromLatin1(what)).toString();
                };
                state.sites[site] = {value("page"), value("from"), value("to")};
            }
            kept.endGroup();
            kept.beginGroup(QStringLiteral("splitters"));
            for (const QString &name : kept.childKeys())
                state.splitters[name] = kept.value(name).toByteArray();
            kept.endGroup();
            readLists(kept, QStringLiteral("columns"), state.columns);
            readLists(kept, QStringLiteral("expanded"), state.expanded);
            return state;
        }
    }
    broken =
        file + QStringLiteral(".broken-") + QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddTHHmmss"));
    QFile::rename(file, broken);
    return {};
}

bool writeWindowState(const QString &file, const WindowState &state)
{
    QSettings kept(file, QSettings::IniFormat);
    kept.clear();
    kept.setValue(QStringLiteral("format"), 1);
    kept.setValue(QStringLiteral("geometry"), state.geometry);
    kept.setValue(QStringLiteral("site"), state.site);
    for (const auto &[site, left] : state.sites) {
        const QString at = QStringLiteral("sites/") + site + u'/';
        kept.setValue(at + QStringLiteral("page"), left.page);
        kept.setValue(at + QStringLiteral("from"), left.from);
        kept.setValue(at + QStringLiteral("to"), left.to);
    }
    for (const auto &[name, left] : state.splitters)
        kept.setValue(QStringLiteral("splitters/") + name, left);
    for (const auto &[page, words] : state.columns)
        kept.setValue(QStringLiteral("columns/") + page, words);
    for (const auto &[page, words] : state.expanded)
        kept.setValue(QStringLiteral("expanded/") + page, words);
    kept.sync();
    return kept.status() == QSettings::NoError;
}

} // namespace andon::ui
