#pragma once
// How the window was left: its place, the page and range of each site, the splitters,
// how the tables look. A file of the profile that can be
// thrown away; a broken one is set aside. GUI thread, at start and end only.
#include <QByteArray>
#include <QStringList>

#include <map>

namespace andon::ui
{

class Page;

struct WindowState {
    struct PerSite {
        QString page = {};
        QString from = {};
        QString to = {};
        bool operator==(const PerSite &) const = default;
    };
    QByteArray geometry = {};
    QString site = {}; ///< that was open
    std::map<QString, PerSite> sites = {};
    std::map<QString, QByteArray> splitters = {}; ///< by page and place
    std::map<QString, QStringList> columns = {}; ///< by page, as Page has them; those that a person changed
    std::map<QString, QStringList> expanded = {};

    /// Puts the splitters and tables of a page as they were left.
    void restorePage(const QString &key, Page &page) const;
    void keepPage(const QString &key, const Page &page);
    bool operator==(const WindowState &) const = default;
};

/// A missing file is the default. broken: set to where an unreadable one was moved.
[[nodiscard]] WindowState readWindowState(const QString &file, QString &broken);
/// False when it could not be written: nothing that matters is lost.
bool writeWindowState(const QString &file, const WindowState &state);

} // namespace andon::ui
