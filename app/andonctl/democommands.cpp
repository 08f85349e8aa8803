#include "app/andonctl/session.h"
#include "app/common/resources.h"
#include "demo/server/demoserver.h"

#include <QCommandLineParser>
#include <QDateTime>

#include <poll.h>

namespace andon::ctl
{

namespace
{

constexpr qint64 kMostCommits = 10'000'000;

/// Unix seconds or RFC 3339; unknown when it is neither.
core::Instant timeOf(const QString &text)
{
    bool number = false;
    const qint64 seconds = text.toLongLong(&number);
    if (number)
        return core::Instant::fromSeconds(seconds);
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    return time.isValid() ? core::Instant{time.toMSecsSinceEpoch()} : core::Instant{};
}

int runDemo(Session &session, const QCommandLineParser &parser)
{
    demo::DemoOptions options;
    options.port = parser.value(QStringLiteral("port")).toInt();
    if (parser.isSet(QStringLiteral("seed")))
        options.seed = parser.value(QStringLiteral("seed")).toULongLong();
    if (const std::string scale = parser.value(QStringLiteral("scale")).toStdString(); !scale.empty()) {
        constexpr demo::Scale kScales[] = {demo::Scale::Small, demo::Scale::Factory, demo::Scale::Huge};
        const auto *const known = std::find_if(std::begin(kScales), std::end(kScales),
                                               [&](demo::Scale s) { return scale == demo::nameOf(s); });
        if (known == std::end(kScales))
            return session.fail({.kind = core::ErrorKind::Invalid, .detail = "--scale is small, factory or huge."});
        options.scale = *known;
    }
    if (parser.isSet(QStringLiteral("commits"))) {
        options.commits = parser.value(QStringLiteral("commits")).toLongLong();
        if (options.commits < demo::kLeastCommits || options.commits > kMostCommits)
            return session.fail({.kind = core::ErrorKind::Invalid, .detail = "--commits is 420 to 10,000,000."});
    }
    if (parser.isSet(QStringLiteral("now"))) {
        options.now = timeOf(parser.value(QStringLiteral("now")));
        if (!options.now.known())
            return session.fail({.kind = core::ErrorKind::Invalid,
                                 .detail = "--now takes seconds since 1970 or a time such as 2026-11-24T10:00:00Z."});
    }
    options.historyFile = parser.value(QStringLiteral("history")).toStdString();
    auto server = demo::DemoServer::start(options);
    if (!server)
        return session.fail(server.error());
    if (parser.isSet(QStringLiteral("truth"))) {
        const auto book = economics::parsePriceBook(app::resource("demo/pricebook.yaml"), "demo/pricebook.yaml");
        const auto written = book ? profile::writeFile(parser.value(QStringLiteral("truth")).toStdString(),
                                                       (*server)->truthJson(&*book), 0644)
                                  : core::fail(book.error());
        if (!written)
            return session.fail(written.error());
    }
    printLine((*server)->endpointsJson());
    while (!session.cancel().cancelled())
        ::poll(nullptr, 0, 200); // a signal ends it at once
    return Ok;
}

} // namespace

std::vector<Command> demoCommands()
{
    return {
        {.name = QStringLiteral("demo-factory"),
         .summary = QStringLiteral("Run a demo factory that speaks the sources' REST dialects."),
         .details = QStringLiteral(
             "One process on loopback that ends with Ctrl-C. It prints one JSON line with the addresses and fresh\n"
             "credentials, which site add takes. Example:\n"
             "    andonctl demo-factory > demo.json &\n"
             "    andonctl site add demo --from demo.json --secrets-file demo.secrets"),
         .options =
             {{QStringLiteral("port"), QStringLiteral("N"),
               QStringLiteral("lakeFS on N, MLflow on N+1, Prometheus on N+2; free ones otherwise")},
              {QStringLiteral("scale"), QStringLiteral("S"),
               QStringLiteral("small (600 commits, 64 GPUs), factory (100,000, 512) or huge (1,000,000, 4,096)")},
              {QStringLiteral("commits"), QStringLiteral("N"),
               QStringLiteral("so many in its largest repository, the others in proportion")},
              {QStringLiteral("seed"), QStringLiteral("N"), QStringLiteral("another factory, the same story")},
              {QStringLiteral("now"), QStringLiteral("T"), QStringLiteral("freeze its clock at T")},
              {QStringLiteral("history"), QStringLiteral("FILE"),
               QStringLiteral("answer as the lakeFS that FILE was recorded from, not from the story")},
              {QStringLiteral("truth"), QStringLiteral("FILE"), QStringLiteral("write what is true of it as JSON")}},
         .run = runDemo}};
}

} // namespace andon::ctl
