#include "text/usetext.h"

#include "text/plain.h"
#include "text/units.h"

#include <QCoreApplication>

namespace andon::text
{

namespace
{
QString tr(const char *text)
{
    return QCoreApplication::translate("Lineage", text);
}
} // namespace

QString runStatus(const QString &status)
{
    static const std::pair<const char *, const char *> kWords[] = {
        {"running", QT_TRANSLATE_NOOP("Lineage", "Running")},
        {"scheduled", QT_TRANSLATE_NOOP("Lineage", "Scheduled")},
        {"finished", QT_TRANSLATE_NOOP("Lineage", "Finished")},
        {"failed", QT_TRANSLATE_NOOP("Lineage", "Failed")},
        {"killed", QT_TRANSLATE_NOOP("Lineage", "Killed")},
        {"unknown", QT_TRANSLATE_NOOP("Lineage", "State unknown")}};
    for (const auto &[key, words] : kWords)
        if (status == QLatin1String(key))
            return tr(words);
    return status;
}

QString runTitle(const lineage::Use &use)
{
    return use.name.empty() ? shortId(use.run.value) : visible(use.name);
}

QString useReason(const lineage::Use &use)
{
    const QString known = use.method == lineage::EdgeMethod::Inferred ? tr(" (inferred from time)")
        : use.method == lineage::EdgeMethod::NameMatched              ? tr(" (matched by name)")
                                                                      : QString();
    return (use.dataset.empty() ? tr("names this commit") : tr("read %1").arg(visible(use.dataset))) + known;
}

} // namespace andon::text
