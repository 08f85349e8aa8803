#include "ui/pages/settings/checkfacts.h"

#include "text/errortext.h"
#include "text/plain.h"
#include "text/sourcetext.h"
#include "text/times.h"
#include "ui/widgets/badge.h"

#include <QCoreApplication>

namespace andon::ui
{

namespace
{

using Kind = Fact::Kind;

QString tr(const char *source, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("CheckFacts", source, comment, n);
}

/// "host" of "https://host:8443".
QString hostOf(const core::Error &error)
{
    const QString server = text::visible(error.server).section(QStringLiteral("://"), 1);
    const auto colon = server.lastIndexOf(u':');
    return colon > server.lastIndexOf(u']') ? server.first(colon) : server;
}

void addFailure(std::vector<Fact> &facts, const core::Error &error)
{
    facts.push_back({.kind = Kind::Finding,
                     .name = text::headline(error),
                     .value = text::nextStep(error),
                     .status = static_cast<int>(Status::Major)});
    if (!error.detail.empty() && error.kind != core::ErrorKind::Invalid) {
        const QString said = text::visible(std::string_view(error.detail).substr(0, 400));
        facts.push_back({.name = error.httpStatus > 0 ? tr("It said") : tr("Details"),
                         .value = error.httpStatus > 0 ? QString::number(error.httpStatus) + u' ' + said : said,
                         .code = true});
    }
    if (!error.requestId.empty())
        facts.push_back({.name = tr("Request id"), .value = text::visible(error.requestId), .code = true});
    if (error.hint == "mlflow-host") {
        facts.push_back({.kind = Kind::Section,
                         .name = tr("Fix on the MLflow server"),
                         .note = tr("add the name, with and without port, then restart")});
        facts.push_back(
            {.kind = Kind::Code,
             .value = QStringLiteral("mlflow server --allowed-hosts \\\n  \"%1,%1:*\"").arg(hostOf(error))});
        facts.push_back({.kind = Kind::Text,
                         .value = tr("In a container: MLFLOW_SERVER_ALLOWED_HOSTS. Without access to the server: set "
                                     "“Host header” below to a name that it accepts.")});
    }
}

void addPacks(std::vector<Fact> &facts, const std::vector<factory::PackCheck> &packs)
{
    if (packs.empty())
        return;
    facts.push_back(
        {.kind = Kind::Section, .name = tr("Signals by pack"), .note = tr("from the metrics that this server has")});
    for (const factory::PackCheck &pack : packs) {
        const bool whole = pack.found == pack.wanted;
        QString note = pack.example.empty() ? QString() : tr("resolved by %1").arg(text::visible(pack.example));
        if (!whole) {
            QStringList missing;
            for (const std::string &metric : pack.missing)
                missing << text::visible(metric);
            const QString more = missing.size() > 3 ? tr(" and %1 more").arg(missing.size() - 3) : QString();
            note += (note.isEmpty() ? QString() : QStringLiteral(" · "))
                + tr("missing %1").arg(missing.mid(0, 3).join(QStringLiteral(", ")) + more);
        }
        facts.push_back({.kind = Kind::Amount,
                         .name = text::visible(pack.title),
                         .value = tr("%1 of %2").arg(pack.found).arg(pack.wanted),
                         .note = note,
                         .status = static_cast<int>(whole                ? Status::Ok
                                                        : pack.found > 0 ? Status::Warning
                                                                         : Status::Stale)});
        if (!whole && !pack.fix.empty())
            facts.push_back({.name = tr("Fix"), .value = text::visible(pack.fix)});
    }
}

} // namespace

std::vector<Fact> checkFacts(const factory::SourceCheck &check, core::Instant now)
{
    std::vector<Fact> facts;
    if (check.error)
        addFailure(facts, *check.error);
    if (!check.product.empty()) {
        QString version = text::visible(check.product + " " + check.version).trimmed();
        if (!check.storage.empty())
            version += QStringLiteral(" · ") + tr("storage %1").arg(text::visible(check.storage));
        facts.push_back({.name = tr("Version"), .value = version});
        facts.push_back({.name = tr("User"),
                         .value = check.user.empty() ? tr("not reported by %1").arg(text::visible(check.product))
                                                     : text::visible(check.user)});
        facts.push_back({.name = tr("Can"), .value = text::capabilities(check.kind, check.capabilities)});
    }
    QStringList found;
    for (const auto &[key, count] : check.found)
        found << text::sourceFound(key, count);
    if (!found.isEmpty())
        facts.push_back({.name = tr("Found"), .value = found.join(QStringLiteral(", "))});
    if (check.at.known())
        facts.push_back({.name = tr("Tested"), .value = text::ago(check.at, now)});
    addPacks(facts, check.packs);
    return facts;
}

std::vector<Fact> stateFacts(const factory::SourceState &state, core::Instant now)
{
    std::vector<Fact> facts;
    if (state.freshness.error)
        addFailure(facts, *state.freshness.error);
    if (!state.product.empty())
        facts.push_back({.name = tr("Version"), .value = text::visible(state.product)});
    facts.push_back({.name = tr("Answered"),
                     .value = state.freshness.at.known() ? text::ago(state.freshness.at, now) : tr("not yet")});
    if (state.plainHttp)
        facts.push_back({.name = tr("Transport"),
                         .value = tr("not encrypted, agreed to"),
                         .status = static_cast<int>(Status::Warning)});
    return facts;
}

CheckWord checkWord(const factory::SourceCheck &check)
{
    if (check.error) {
        const QString code =
            check.error->httpStatus > 0 ? QStringLiteral(", %1").arg(check.error->httpStatus) : QString();
        return {Status::Critical, (check.product.empty() ? tr("No connection") : tr("Refused")) + code};
    }
    int incomplete = 0;
    for (const factory::PackCheck &pack : check.packs)
        incomplete += pack.found < pack.wanted ? 1 : 0;
    if (incomplete > 0)
        return {Status::Warning, tr("Connected, %n pack(s) incomplete", nullptr, static_cast<int>(incomplete))};
    return {Status::Ok, tr("Connected")};
}

CheckWord stateWord(const factory::SourceState &state)
{
    return {statusOf(state.freshness.state), text::stateWord(state.freshness.state)};
}

} // namespace andon::ui
