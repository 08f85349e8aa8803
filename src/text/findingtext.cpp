// What is wrong with a chain, in words.
#include "text/lineagetext.h"

#include "text/floortext.h"
#include "text/plain.h"

#include <QCoreApplication>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Lineage", source);
}

QString valueOf(const lineage::Finding &finding, const char *key)
{
    const std::string *value = lineage::find(finding.values, key);
    return value ? visible(*value) : QString();
}

} // namespace

QString severityWord(lineage::Severity severity)
{
    switch (severity) {
    case lineage::Severity::Info:
        return tr("Note");
    case lineage::Severity::Warning:
        return tr("Warning");
    case lineage::Severity::Major:
        return tr("Major");
    case lineage::Severity::Critical:
        return tr("Critical");
    }
    return {};
}

QString findingTitle(const lineage::Finding &finding)
{
    static const std::pair<const char *, const char *> kTitles[] = {
        {"weak-digest", QT_TRANSLATE_NOOP("Lineage", "Weak digest")},
        {"unpinned", QT_TRANSLATE_NOOP("Lineage", "Unpinned")},
        {"shared-dataset-row", QT_TRANSLATE_NOOP("Lineage", "Shared record")},
        {"source-disagrees", QT_TRANSLATE_NOOP("Lineage", "Sources disagree")},
        {"gate-skipped", QT_TRANSLATE_NOOP("Lineage", "Gate skipped")},
        {"gate-failed", QT_TRANSLATE_NOOP("Lineage", "Gate failed")},
        {"deleted-run", QT_TRANSLATE_NOOP("Lineage", "Run deleted")},
        {"missing-run", QT_TRANSLATE_NOOP("Lineage", "Run missing")},
        {"no-run", QT_TRANSLATE_NOOP("Lineage", "No run named")},
        {"missing-dataset", QT_TRANSLATE_NOOP("Lineage", "No data logged")},
        {"no-commit", QT_TRANSLATE_NOOP("Lineage", "No commit")},
        {"commit-unknown", QT_TRANSLATE_NOOP("Lineage", "Commit unknown")}};
    for (const auto &[key, words] : kTitles)
        if (finding.key == key)
            return tr(words);
    return visible(finding.key).replace(u'-', u' ');
}

QString findingDetail(const lineage::Finding &finding)
{
    const auto value = [&](const char *key) { return valueOf(finding, key); };
    const auto id = [&](const char *key) { return shortId(value(key).toStdString()); };
    const std::string &key = finding.key;
    if ((key == "gate-skipped" || key == "gate-failed") && !value("hook").isEmpty())
        return (key == "gate-skipped" ? tr("Hook %1 of action %2 did not run on %3, committed by %4.")
                                      : tr("Hook %1 of action %2 failed on %3, committed by %4."))
            .arg(value("hook"), value("action"), id("commit"), value("by"));
    if (key == "source-disagrees" && !value("says").isEmpty())
        return tr("“%1” says %2; “%3” says %4, which is used.")
            .arg(ruleName(value("rule").toInt()), id("says"), ruleName(value("used_rule").toInt()), id("used"));
    if (key == "weak-digest" && !value("digest").isEmpty())
        return tr("%1 has %2 digits over at most 10 000 rows: it is no proof of the content.")
            .arg(value("digest"))
            .arg(value("digest").size());
    if (key == "unpinned" && !value("ref").isEmpty())
        return tr("The run read %1, which moves: what it saw is known only by the time.").arg(value("ref"));
    return findingSentence(finding);
}

} // namespace andon::text
