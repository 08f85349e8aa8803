#include "text/sourcetext.h"

#include "text/plain.h"
#include "text/units.h"

#include <QCoreApplication>
#include <QStringList>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Sources", source);
}

struct Word {
    const char *key;
    const char *words;
};

template <std::size_t N> QString lookUp(const Word (&table)[N], const std::string &key, const QString &otherwise = {})
{
    for (const Word &word : table)
        if (key == word.key)
            return tr(word.words);
    return otherwise;
}

} // namespace

QString sourceKind(const std::string &kind)
{
    return kind == "lakefs"    ? QStringLiteral("lakeFS")
        : kind == "mlflow"     ? QStringLiteral("MLflow")
        : kind == "prometheus" ? QStringLiteral("Prometheus")
                               : visible(kind);
}

QString sourcePurpose(const std::string &kind)
{
    static constexpr Word kWords[] = {
        {"lakefs", QT_TRANSLATE_NOOP("Sources", "data commits, branches, quality gates")},
        {"mlflow", QT_TRANSLATE_NOOP("Sources", "runs, model versions, what they were trained on")},
        {"prometheus", QT_TRANSLATE_NOOP("Sources", "GPU, storage, network and token metrics")}};
    return lookUp(kWords, kind);
}

QString sourceOpens(const std::string &kind)
{
    static constexpr Word kWords[] = {
        {"lakefs", QT_TRANSLATE_NOOP("Sources", "Versions, and the data in Lineage")},
        {"mlflow", QT_TRANSLATE_NOOP("Sources", "Lineage, and training on the Floor")},
        {"prometheus", QT_TRANSLATE_NOOP("Sources", "Floor, Compute, Storage, Economics and Reports")}};
    return lookUp(kWords, kind);
}

QString sourceFound(const std::string &key, std::int64_t count)
{
    static constexpr Word kCounted[] = {{"repositories", QT_TRANSLATE_N_NOOP("Sources", "%1 repository(s)")},
                                        {"experiments", QT_TRANSLATE_N_NOOP("Sources", "%1 experiment(s)")},
                                        {"models", QT_TRANSLATE_N_NOOP("Sources", "%1 model(s)")},
                                        {"versions", QT_TRANSLATE_N_NOOP("Sources", "%1 version(s)")},
                                        {"metrics", QT_TRANSLATE_N_NOOP("Sources", "%1 metric(s)")}};
    for (const Word &word : kCounted)
        if (key == word.key)
            return QCoreApplication::translate("Sources", word.words, nullptr, static_cast<int>(count))
                .arg(text::count(count));
    return text::count(count) + u' ' + visible(key);
}

QString capability(const std::string &key)
{
    static constexpr Word kWords[] = {{"stop_at", QT_TRANSLATE_NOOP("Sources", "logs up to a known commit")},
                                      {"pulls", QT_TRANSLATE_NOOP("Sources", "pull requests")},
                                      {"include_right_stats", QT_TRANSLATE_NOOP("Sources", "sizes in diffs")},
                                      {"logged_models", QT_TRANSLATE_NOOP("Sources", "logged models (3.x)")}};
    return lookUp(kWords, key);
}

QString capabilities(const std::string &kind, const std::vector<std::string> &keys)
{
    static constexpr Word kAlways[] = {
        {"lakefs", QT_TRANSLATE_NOOP("Sources", "read commits, diffs, tags and hook runs")},
        {"mlflow", QT_TRANSLATE_NOOP("Sources", "read runs, datasets, models and aliases")},
        {"prometheus", QT_TRANSLATE_NOOP("Sources", "read series, alerts, rules and targets")}};
    QStringList words{lookUp(kAlways, kind)};
    for (const std::string &key : keys)
        if (const QString one = capability(key); !one.isEmpty())
            words << one;
    words.removeAll(QString());
    return words.join(QStringLiteral(", "));
}

} // namespace andon::text
