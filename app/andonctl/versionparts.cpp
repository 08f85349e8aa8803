#include "app/andonctl/versionparts.h"

#include <QCommandLineParser>

namespace andon::ctl
{

core::RepositoryId repoOf(const QCommandLineParser &parser)
{
    return core::RepositoryId(parser.positionalArguments().value(0).toStdString());
}

core::Result<void> checkCounts(const QCommandLineParser &parser)
{
    for (const auto &[name, least] : {std::pair(QStringLiteral("limit"), 1), {QStringLiteral("depth"), 0}}) {
        if (!parser.optionNames().contains(name))
            continue;
        bool isNumber = false;
        const QString given = parser.value(name);
        if (given.toInt(&isNumber) < least || !isNumber)
            return core::fail(core::ErrorKind::Invalid, "--" + name.toStdString(),
                              QStringLiteral("--%1 takes a whole number from %2 to %3, not \"%4\".")
                                  .arg(name)
                                  .arg(least)
                                  .arg(INT_MAX)
                                  .arg(given)
                                  .toStdString());
    }
    return {};
}

int limitOf(const QCommandLineParser &parser, int fallback)
{
    return parser.isSet(QStringLiteral("limit")) ? parser.value(QStringLiteral("limit")).toInt() : fallback;
}

int depthOf(const QCommandLineParser &parser)
{
    return parser.isSet(QStringLiteral("depth")) ? parser.value(QStringLiteral("depth")).toInt() : INT_MAX;
}

void noteMore(std::size_t shown, std::int64_t total)
{
    if (static_cast<std::int64_t>(shown) < total)
        note(kMore + (" These are " + std::to_string(shown)) + " of " + std::to_string(total) + ".");
}

core::Error namedIn(const core::RepositoryId &repo, core::Error error)
{
    if (error.kind != core::ErrorKind::NotFound || error.where != "ref")
        return error;
    const std::string quoted = error.detail.substr(0, error.detail.find("\": ") + 1);
    error.detail = error.hint == "no-such-ref" ? repo.value + " has no branch, tag or commit " + quoted + "."
                                               : repo.value + ": " + error.detail + ".";
    error.hint = "told";
    return error;
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
        core::Error error = view.error();
        if (error.kind == core::ErrorKind::NotFound) {
            error.hint = "told";
            error.detail = "no repository \"" + repoOf(parser).value + "\" is known; andonctl repos lists them";
        }
        exit = session.fail(error);
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
