#include "app/andonctl/versionparts.h"

#include <QCommandLineParser>

namespace andon::ctl
{

core::RepositoryId repoOf(const QCommandLineParser &parser)
{
    return core::RepositoryId(parser.positionalArguments().value(0).toStdString());
}

int limitOf(const QCommandLineParser &parser, int fallback)
{
    const int limit = parser.value(QStringLiteral("limit")).toInt();
    return limit > 0 ? limit : fallback;
}

const char *word(versions::HookStatus status)
{
    static constexpr const char *kWords[] = {"completed", "failed", "skipped", "unknown"};
    return kWords[static_cast<int>(status)];
}

Json gatesJson(const versions::GateSummary &gates)
{
    return {{"completed", gates.completed}, {"failed", gates.failed}, {"skipped", gates.skipped}};
}

std::string gatesText(const versions::GateSummary &gates)
{
    std::string out;
    const auto add = [&](int n, const char *what) {
        if (n > 0)
            out += (out.empty() ? "" : " ") + std::to_string(n) + what;
    };
    add(gates.failed, " failed");
    add(gates.skipped, " skipped");
    add(gates.completed, " passed");
    return out;
}

const char *gateWord(const versions::GateSummary &gates)
{
    return gates.failed > 0 ? "failed" : gates.skipped > 0 ? "skipped" : gates.completed > 0 ? "passed" : "";
}

std::optional<core::Snapshot<factory::RepositoryView>> openRepository(Session &session,
                                                                      const QCommandLineParser &parser, int &exit)
{
    factory::Site *site = session.site(exit);
    if (!site)
        return std::nullopt;
    if (!session.offline()) // the list first: a repository may be new
        (void)site->versions().repositories(factory::Access::CacheOnly, session.cancel());
    auto view = site->versions().repository(repoOf(parser), session.access(), session.cancel());
    if (!view && view.error().kind == core::ErrorKind::NotFound && !session.offline()) {
        if (const auto listed = site->versions().sync({}, session.cancel()); !listed) {
            exit = session.fail(listed.error());
            return std::nullopt;
        }
        view = site->versions().repository(repoOf(parser), factory::Access::CacheOnly, session.cancel());
    }
    if (!view) {
        exit = session.fail(view.error());
        return std::nullopt;
    }
    return std::move(*view);
}

std::vector<versions::Ref> plainRefs(const factory::RepositoryView &view)
{
    std::vector<versions::Ref> refs;
    for (const factory::RefRow &row : view.refs)
        refs.push_back(row.ref);
    return refs;
}

} // namespace andon::ctl
