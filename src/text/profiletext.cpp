#include "text/profiletext.h"

#include "text/plain.h"
#include "text/units.h"

#include <QCoreApplication>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Profile", source);
}

} // namespace

QString profileHeadline(const core::Error &error)
{
    const QString who = visible(error.detail);
    if (error.hint == "held" || error.hint == "no-holder")
        return tr("This profile is open in %1.").arg(who);
    if (error.hint == "held-cache")
        return tr("The cache of this profile must be begun anew, and the profile is open in %1.").arg(who);
    if (error.hint == "holder-died")
        return tr("%1, which has this profile open, ended before it was done.").arg(who);
    if (error.hint == "holder-silent")
        return tr("%1, which has this profile open, does not answer.").arg(who);
    if (error.hint == "holder-version")
        return tr("%1, which has this profile open, is of another version.").arg(who);
    if (error.hint == "broken-cache")
        return tr("The cache of this profile is broken.");
    if (error.hint == "busy" && error.where == "profile")
        return tr("The Andon that has this profile open has enough to do.");
    return {};
}

QString profileStep(const core::Error &error)
{
    if (error.hint == "held" || error.hint == "no-holder" || error.hint == "held-cache")
        return tr("Wait until it has ended, or work with another profile (--profile DIR).");
    if (error.hint == "holder-died")
        return tr("What it had read is kept. Start again: it goes on from there.");
    if (error.hint == "holder-silent")
        return tr("Wait, or end it and start again. What it had read is kept.");
    if (error.hint == "holder-version")
        return tr("End it and start the version that you want to work with.");
    if (error.hint == "broken-cache")
        return tr("Start again: it is moved to quarantine and begun anew. Nothing is lost that a sync cannot read.");
    return {};
}

QString quarantined(std::string_view folder)
{
    return tr("The cache was broken and is begun anew; sync reads again what was in it. The broken one lies in %1.")
        .arg(visible(folder));
}

QString fileNotice(const core::Error &problem, std::string_view setAside)
{
    const QString what = visible(problem.detail);
    if (!setAside.empty())
        return tr("%1. It is set aside as %2; Andon goes on with its defaults.").arg(what, visible(setAside));
    if (problem.kind == core::ErrorKind::Storage)
        return tr("%1. Andon goes on with its defaults.").arg(what);
    return tr("%1. What is wrong there has its default; the rest is used.").arg(what);
}

QString cacheKind(std::string_view name)
{
    static constexpr std::pair<std::string_view, const char *> kNames[] = {
        {"series", QT_TRANSLATE_NOOP("Profile", "series")},
        {"comparisons", QT_TRANSLATE_NOOP("Profile", "comparisons and evidence")},
        {"evidence", QT_TRANSLATE_NOOP("Profile", "evidence")},
        {"registry", QT_TRANSLATE_NOOP("Profile", "runs and models")},
        {"other answers", QT_TRANSLATE_NOOP("Profile", "other answers")},
        {"commits", QT_TRANSLATE_NOOP("Profile", "commits")},
        {"refs", QT_TRANSLATE_NOOP("Profile", "branches and tags")},
        {"hook runs", QT_TRANSLATE_NOOP("Profile", "hook runs")},
        {"hook outputs", QT_TRANSLATE_NOOP("Profile", "outputs of hooks")},
    };
    for (const auto &[known, words] : kNames)
        if (known == name)
            return tr(words);
    return visible(name);
}

QString cacheLine(std::int64_t fileBytes, std::int64_t capBytes)
{
    const QString line = tr("cache %1 of %2").arg(bytes(fileBytes), bytes(capBytes));
    return fileBytes <= capBytes ? line : tr("%1: what is left may not go").arg(line);
}

} // namespace andon::text
