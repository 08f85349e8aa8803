#include "text/gatetext.h"

#include "text/plain.h"

#include <QCoreApplication>
#include <QStringList>

namespace andon::text
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("Gates", text);
}

QString hooks(const std::vector<std::string> &names)
{
    QStringList all;
    for (const std::string &name : names)
        if (const QString shown = visible(name); !all.contains(shown))
            all << shown;
    return all.join(QStringLiteral(", "));
}

} // namespace

QString pastGate(const versions::GatedCommit &gated, const std::string &subject)
{
    const QString commit = shortId(gated.commit.value) + u' ' + visible(subject);
    return gated.failed.empty()
        ? tr(QT_TRANSLATE_NOOP("Gates", "%1 was skipped before %2")).arg(hooks(gated.skipped), commit)
        : tr(QT_TRANSLATE_NOOP("Gates", "%1 failed before %2")).arg(hooks(gated.failed), commit);
}

} // namespace andon::text
