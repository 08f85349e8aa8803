#include "text/noticetext.h"

#include "text/floortext.h"
#include "text/plain.h"

#include <QCoreApplication>

namespace andon::text
{

namespace
{

using telemetry::Level;

QString tr(const char *source, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Notices", source, comment, n);
}

QString firing(Level level)
{
    return level == Level::Unknown ? tr("firing") : tr("firing, %1").arg(levelWord(level).toLower());
}

} // namespace

QString levelWord(Level level)
{
    switch (level) {
    case Level::Ok:
        return tr("Running");
    case Level::Info:
        return tr("Info");
    case Level::Warning:
        return tr("Warning");
    case Level::Major:
        return tr("Major");
    case Level::Critical:
        return tr("Critical");
    case Level::Unknown:
        return tr("Unknown");
    }
    return {};
}

QString noticeWhat(const telemetry::Notice &notice)
{
    if (notice.kind == telemetry::NoticeKind::Alert)
        return tr("Alert %1").arg(visible(notice.name));
    static constexpr std::pair<std::string_view, telemetry::Station> kStations[] = {
        {"storage", telemetry::Station::Storage},
        {"compute", telemetry::Station::Compute},
        {"training", telemetry::Station::Training},
        {"deployment", telemetry::Station::Deployment},
    };
    for (const auto &[key, station] : kStations)
        if (key == notice.name)
            return stationName(station);
    return visible(notice.name);
}

QString noticeFrom(const telemetry::Notice &notice)
{
    if (notice.kind == telemetry::NoticeKind::Station)
        return visible(notice.from);
    return notice.from.empty() ? tr("not firing") : firing(notice.before);
}

QString noticeTo(const telemetry::Notice &notice)
{
    if (notice.kind == telemetry::NoticeKind::Station)
        return visible(notice.to);
    return notice.to.empty() ? tr("resolved") : firing(notice.after);
}

QString noticeLine(const telemetry::Notice &notice)
{
    return tr("%1: %2 → %3").arg(noticeWhat(notice), noticeFrom(notice), noticeTo(notice));
}

QString moreChanges(int count)
{
    return tr("%n more change(s)", nullptr, count);
}

} // namespace andon::text
