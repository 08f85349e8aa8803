#include "tests/app/desk.h"

#include "store/sqlite.h"

#include <QFile>

namespace andon::test
{

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

std::string Desk::openSynced(const QString &profile)
{
    if (std::string wrong = open(); !wrong.empty())
        return wrong;
    if (std::string wrong = addSite(profile); !wrong.empty())
        return wrong;
    const Ran ran = run(profile, words("sync"));
    return ran.exit == 0 ? std::string() : ran.error;
}

std::string Desk::open()
{
    auto started = demo::DemoServer::start({});
    if (!started)
        return started.error().detail;
    m_factory = std::move(*started);
    QFile file(endpointsFile());
    const std::string endpoints = m_factory->endpointsJson() + "\n";
    return file.open(QIODevice::WriteOnly) && file.write(endpoints.c_str()) > 0 ? "" : "cannot write the addresses";
}

std::string Desk::addSite(const QString &profile) const
{
    const Ran added =
        run(profile,
            {QStringLiteral("site"), QStringLiteral("add"), QStringLiteral("demo"), QStringLiteral("--from"),
             endpointsFile(), QStringLiteral("--price-book"), QStringLiteral("demo:")});
    return added.exit == 0 ? std::string() : added.error;
}

QStringList Desk::line(const QString &profile, const QStringList &arguments) const
{
    return QStringList{QStringLiteral("--profile"), folder(profile), QStringLiteral("--secrets-file"),
                       m_folder.filePath(QStringLiteral("secrets"))}
    + arguments;
}

Ran Desk::run(const QString &profile, const QStringList &arguments, int timeoutMs) const
{
    return runProgram(builtProgram("andonctl"), line(profile, arguments), environment(), timeoutMs);
}

std::vector<std::string> Desk::cached(const QString &profile) const
{
    static constexpr std::pair<const char *, int> kQueries[] = {
        {"SELECT 'repository', name, default_branch, namespace, read_only, gone FROM repository ORDER BY 2", 6},
        {"SELECT 'commit', r.name, hex(c.id), hex(c.first), hex(c.second), c.committer, c.message, c.created, "
         "c.meta_range, c.metadata, c.generation, c.version, c.kind "
         "FROM commits c JOIN repository r ON r.id = c.repository ORDER BY 2, 3",
         13},
        {"SELECT 'words', count(*) FROM commit_text WHERE commit_text MATCH 'ingest'", 2},
        {"SELECT 'ref', r.name, f.kind, f.name, hex(f.id) FROM ref f JOIN repository r ON r.id = f.repository "
         "ORDER BY 2, 3, 4",
         5},
        {"SELECT 'protection', r.name, p.pattern FROM protection p JOIN repository r ON r.id = p.repository "
         "ORDER BY 2, 3",
         3},
        {"SELECT 'run', r.name, u.id, u.branch, hex(u.commit_id), u.event, u.status, u.started, u.ended "
         "FROM run u JOIN repository r ON r.id = u.repository ORDER BY 2, 3",
         9},
        {"SELECT 'hook', r.name, h.run, h.id, h.action, h.hook, h.status, h.started, h.ended "
         "FROM hook h JOIN repository r ON r.id = h.repository ORDER BY 2, 3, 4",
         9},
        {"SELECT kind, key, body FROM answer WHERE kind IN ('experiment', 'run', 'model', 'version') ORDER BY 1, 2", 3},
    };
    auto db = store::Database::open((folder(profile) + QStringLiteral("/cache.db")).toStdString(),
                                    store::Database::Mode::Reader);
    if (!db)
        return {"the cache cannot be opened: " + db.error().detail};
    std::vector<std::string> rows;
    for (const auto &[sql, columns] : kQueries) {
        store::Statement select(*db, sql);
        select.bind();
        while (select.next()) {
            std::string row;
            for (int i = 0; i < columns; ++i)
                row += select.text(i) + "|";
            rows.push_back(std::move(row));
        }
        if (auto done = select.done(); !done)
            rows.push_back(done.error().detail);
    }
    return rows;
}

std::string firstDifference(const std::vector<std::string> &expected, const std::vector<std::string> &actual)
{
    for (std::size_t i = 0; i < std::max(expected.size(), actual.size()); ++i) {
        const std::string left = i < expected.size() ? expected[i] : "(no more)";
        const std::string right = i < actual.size() ? actual[i] : "(no more)";
        if (left != right)
            return std::to_string(expected.size()) + " and " + std::to_string(actual.size()) + " rows, number "
                + std::to_string(i) + ": " + left.substr(0, 200) + " / " + right.substr(0, 200);
    }
    return {};
}

} // namespace andon::test
