// report: the KPI report as files.
#include "app/andonctl/session.h"
#include "app/andonctl/windowoptions.h"
#include "app/common/kpidocument.h"
#include "net/sha256.h"
#include "text/times.h"
#ifdef ANDON_HAS_PDF
#include "reports/kpireport.h"
#endif

#include <QCommandLineParser>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

namespace andon::ctl
{

namespace
{

#ifdef ANDON_HAS_PDF
constexpr bool kHasPdf = true;
#else
constexpr bool kHasPdf = false;
#endif

struct Target {
    std::string format = {};
    std::string file = {}; ///< "-": standard output
};

core::Error invalid(const std::string &sentence)
{
    return {.kind = core::ErrorKind::Invalid, .where = "report", .detail = sentence};
}

core::Result<std::vector<std::string>> formatsOf(const QCommandLineParser &parser)
{
    const QString suffix = QFileInfo(parser.value(QStringLiteral("out"))).suffix().toLower();
    const bool fromName = suffix == u"pdf" || suffix == u"csv" || suffix == u"json";
    QStringList wanted = kHasPdf ? QStringList{QStringLiteral("pdf")} : QStringList{};
    wanted << QStringLiteral("csv") << QStringLiteral("json");
    if (parser.isSet(QStringLiteral("format")))
        wanted = parser.value(QStringLiteral("format")).toLower().split(u',', Qt::SkipEmptyParts);
    else if (fromName)
        wanted = {suffix};
    wanted.removeDuplicates();
    std::vector<std::string> formats;
    for (const QString &format : wanted) {
        if (format != u"pdf" && format != u"csv" && format != u"json")
            return core::fail(invalid("\"" + format.toStdString() + "\" is no format: pdf, csv and json are."));
        if (format == u"pdf" && !kHasPdf)
            return core::fail(invalid("This andonctl was built without the desktop's libraries and writes no PDF: "
                                      "use --format csv,json."));
        formats.push_back(format.toStdString());
    }
    if (formats.empty())
        return core::fail(invalid("--format takes pdf, csv and json, separated by commas."));
    return formats;
}

core::Result<std::vector<Target>> targetsOf(const QCommandLineParser &parser, const core::SiteName &site,
                                            core::TimeRange window)
{
    const auto formats = formatsOf(parser);
    if (!formats)
        return core::fail(formats.error());
    const QString out = parser.value(QStringLiteral("out"));
    const bool folder = out.isEmpty() || out.endsWith(u'/') || QFileInfo(out).isDir();
    if (!folder && formats->size() > 1)
        return core::fail(invalid("One file holds one format: name a folder with --out, or one --format."));
    if (out == u"-" && parser.isSet(QStringLiteral("json")))
        return core::fail(invalid("--out - prints the report itself: leave --json away."));
    const std::string stem = "kpi-" + site.value + "-"
        + QDateTime::fromMSecsSinceEpoch(window.to.ms, Qt::UTC)
              .toString(QStringLiteral("yyyyMMdd'T'HHmm'Z'"))
              .toStdString()
        + (window.length() == core::kDay ? "" : "-" + text::span(window).remove(u' ').toStdString());
    const QString parent = folder ? QDir::cleanPath(out.isEmpty() ? QStringLiteral(".") : out) : QString();
    if (folder && !QDir().mkpath(parent))
        return core::fail(core::ErrorKind::Storage, parent.toStdString(), "the folder cannot be made");
    std::vector<Target> targets;
    for (const std::string &format : *formats)
        targets.push_back({format, folder ? parent.toStdString() + "/" + stem + "." + format : out.toStdString()});
    return targets;
}

core::Result<std::string> pdfOf(const reports::KpiDocument &document)
{
#ifdef ANDON_HAS_PDF
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("kpi.pdf")).toStdString();
    if (auto written = reports::writePdf(document, file); !written)
        return core::fail(written.error());
    return profile::readFile(file, 256 << 20);
#else
    return core::fail(core::ErrorKind::Invalid, "report", "no PDF of " + document.site);
#endif
}

/// The report's text, written whole or not at all.
core::Result<std::string> write(const reports::KpiDocument &document, const Target &target)
{
    auto text = target.format == "pdf" ? pdfOf(document)
        : target.format == "csv"       ? core::Result<std::string>(reports::toCsv(document))
                                       : core::Result<std::string>(reports::toJson(document));
    if (!text)
        return text;
    if (target.file == "-") {
        print(*text);
        return text;
    }
    if (auto written = profile::writeFile(target.file, *text, 0644); !written)
        return core::fail(written.error());
    return text;
}

int runReport(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    if (const auto formats = formatsOf(parser); !formats) // before anything is asked
        return session.fail(formats.error());
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto window = windowOf(parser, site->economics().closedDay(), site->clock().now());
    const auto targets = window ? targetsOf(parser, site->name(), *window) : core::fail(window.error());
    if (!targets)
        return session.fail(targets.error());
    auto figures = site->economics().kpi(*window, session.access(), session.cancel());
    if (!figures)
        return session.fail(figures.error());
    const core::Freshness freshness = figures->freshness;
    if (!freshness.at.known()) // a report of nothing is none
        return session.finish(freshness);
    reports::KpiDocument document = app::kpiDocument(*site, std::move(*figures));
    app::addLastReads(document, *site);
    Json files = Json::array();
    for (const Target &target : *targets) {
        const auto text = write(document, target);
        if (!text)
            return session.fail(text.error());
        if (target.file == "-")
            continue;
        files.push_back({{"format", target.format},
                         {"file", target.file},
                         {"bytes", text->size()},
                         {"sha256", net::sha256Hex(*text)}});
        if (!session.json())
            printLine(target.file);
    }
    if (session.json())
        printJson(
            {{"site", document.site},
             {"window", {{"from", isoTime(document.report.window.from)}, {"to", isoTime(document.report.window.to)}}},
             {"freshness", toJson(freshness)},
             {"files", std::move(files)}});
    return session.finish(freshness);
}

} // namespace

std::vector<Command> reportCommands()
{
    std::vector<Option> options = windowOptions();
    options.push_back({QStringLiteral("format"), QStringLiteral("LIST"),
                       QStringLiteral("pdf, csv, json, separated by commas; all of them otherwise")});
    options.push_back({QStringLiteral("out"), QStringLiteral("DIR|FILE"),
                       QStringLiteral("a folder, a file for one format, or - for standard output")});
    return {{.name = QStringLiteral("report"),
             .summary = QStringLiteral("Write the KPI report as PDF, CSV and JSON."),
             .details = QStringLiteral("Over the last closed day, or any window with --from and --to. Examples:\n"
                                       "    andonctl report --out reports/\n"
                                       "    andonctl report --format csv --from now-7d/d --to now-1d/d --out week.csv\n"
                                       "    andonctl report --format json --offline --out -"),
             .options = std::move(options),
             .paints = true,
             .run = runReport}};
}

} // namespace andon::ctl
