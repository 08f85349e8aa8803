// andonctl: the headless program. Whatever a script or a cron job needs of Andon, it can do.
#include "app/andonctl/listfilter.h"
#include "app/andonctl/manual.h"
#include "app/andonctl/output.h"
#include "app/andonctl/session.h"
#include "app/andonctl/versionparts.h"
#include "net/hygiene.h"
#include "text/language.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#ifdef ANDON_HAS_PDF
#include <QGuiApplication>
#endif

namespace andon::ctl
{

namespace
{

const Command *findCommand(const std::vector<Command> &commands, QStringList &words)
{
    for (int take = std::min<int>(2, static_cast<int>(words.size())); take > 0; --take) {
        const QString name = words.mid(0, take).join(u' ');
        for (const Command &command : commands)
            if (command.name == name) {
                words = words.mid(take);
                return &command;
            }
    }
    return nullptr;
}

void printOverview(const std::vector<Command> &commands)
{
    printLine("andonctl " ANDON_VERSION ": the factory's data, machines and money, without a window.\n");
    printLine("Usage: andonctl [--profile DIR] COMMAND [ARGUMENTS] [--json] [--offline] [-v]\n");
    Table table({"Command", "What it does"});
    for (const Command &command : commands)
        table.row({(command.name + u' ' + command.arguments).trimmed().toStdString(), command.summary.toStdString()});
    print(table.text());
    printLine("\nandonctl COMMAND --help teaches a command. Exit codes: 0 ok, 1 failed, 2 usage, 3 answered from the "
              "cache only,\n"
              "4 source unreachable, 5 verification failed.");
}

void declare(QCommandLineParser &parser, const Command *command)
{
    parser.addOption({QStringLiteral("profile"), QStringLiteral("Keep configuration, cache and journal in DIR."),
                      QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("site"), QStringLiteral("The site to ask; not needed when there is one."),
                      QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("json"), QStringLiteral("Print one JSON document.")});
    parser.addOption({QStringLiteral("offline"), QStringLiteral("Answer from the cache, ask no source.")});
    parser.addOption(
        {{QStringLiteral("v"), QStringLiteral("verbose")}, QStringLiteral("Print the request log to standard error.")});
    parser.addOption({QStringLiteral("secrets-file"), QStringLiteral("Read secrets from FILE (mode 0600)."),
                      QStringLiteral("FILE")});
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Explain.")});
    if (!command)
        parser.addOption({QStringLiteral("version"), QStringLiteral("Say which version this is.")});
    if (!command)
        return;
    for (const Option &option : command->options)
        parser.addOption(option.value.isEmpty() ? QCommandLineOption(option.name, option.help)
                                                : QCommandLineOption(option.name, option.help, option.value));
}

void printHelp(const Command &command)
{
    printLine("andonctl " + (command.name + u' ' + command.arguments).trimmed().toStdString() + "\n\n"
              + command.summary.toStdString());
    if (!command.details.isEmpty())
        printLine("\n" + command.details.toStdString());
    Table table({"Option", ""});
    for (const Option &option : command.options)
        table.row({(QStringLiteral("--") + option.name + (option.value.isEmpty() ? QString() : u' ' + option.value))
                       .toStdString(),
                   option.help.toStdString()});
    for (const Option &option : commonOptions())
        if (option.name != u"help")
            table.row({(QStringLiteral("--") + option.name + (option.value.isEmpty() ? QString() : u' ' + option.value))
                           .toStdString(),
                       option.help.toStdString()});
    printLine("");
    print(table.text());
    if (!command.filter.empty())
        printLine("\nWORDS of a filter:\n" + text::filterHelp(command.filter).toStdString());
}

int usage(const std::string &sentence)
{
    note("andonctl: " + sentence);
    note("Try: andonctl --help");
    return Usage;
}

/// Finds the command; options may stand before it.
void lookAt(QCommandLineParser &finder, const QStringList &arguments)
{
    declare(finder, nullptr);
    finder.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    finder.parse(arguments);
}

/// What the command needs: with fonts only for the one that paints, and never a display.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
#ifdef ANDON_HAS_PDF
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    QCommandLineParser finder;
    lookAt(finder, arguments);
    QStringList words = finder.positionalArguments();
    const std::vector<Command> commands = allCommands();
    if (const Command *command = findCommand(commands, words); command && command->paints) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        // It warns of a missing runtime folder, which nothing here needs.
        const auto before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &text) {
            if (type != QtWarningMsg)
                note(text.toStdString());
        });
        auto app = std::make_unique<QGuiApplication>(argc, argv);
        qInstallMessageHandler(before);
        return app;
    }
#endif
    return std::make_unique<QCoreApplication>(argc, argv);
}

int dispatch(const QStringList &arguments)
{
    const std::vector<Command> commands = allCommands();
    QCommandLineParser finder;
    lookAt(finder, arguments);
    const QStringList words = finder.positionalArguments();
    if (finder.isSet(QStringLiteral("version")) || words.value(0) == u"version") {
        printLine("andonctl " ANDON_VERSION);
        return Ok;
    }
    if (finder.isSet(QStringLiteral("help")) || words.isEmpty()) {
        printOverview(commands);
        return words.isEmpty() && !finder.isSet(QStringLiteral("help")) ? Usage : Ok;
    }
    QStringList rest = words;
    const Command *command = findCommand(commands, rest);
    if (!command)
        return usage("there is no command \"" + words.first().toStdString() + "\".");

    QCommandLineParser parser;
    declare(parser, command);
    const QStringList before = arguments.mid(1, arguments.size() - 1 - words.size());
    if (!parser.parse(QStringList{arguments.first()} + before + rest))
        return usage(parser.errorText().toStdString());
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(*command);
        return Ok;
    }
    const auto given = parser.positionalArguments().size();
    if (given < command->minArguments || given > command->maxArguments)
        return usage("\"" + command->name.toStdString() + "\" takes "
                     + (command->arguments.isEmpty() ? "no arguments" : command->arguments.toStdString()) + ".");
    Session session(parser);
    for (const auto &wrong : {checkCounts(parser), checkFilter(*command, parser)})
        if (!wrong)
            return session.fail(wrong.error());
    const int code = command->run(session, parser);
    if (parser.isSet(QStringLiteral("verbose")))
        session.printRequestLog();
    return code;
}

} // namespace

std::vector<Command> allCommands()
{
    std::vector<Command> all;
    for (const auto &part :
         {siteCommands(),    settingsCommands(), viewCommands(),      syncCommands(),    cacheCommands(),
          versionCommands(), gateCommands(),     refCommands(),       diffCommands(),    objectCommands(),
          changeCommands(),  lineageCommands(),  telemetryCommands(), machineCommands(), moneyCommands(),
          reportCommands(),  ackCommands(),      noticeCommands(),    journalCommands(), supportCommands(),
          manualCommands(),  demoCommands()})
        all.insert(all.end(), part.begin(), part.end());
    for (Command &command : all) { // in --help, the manual and the completion alike
        if (command.pins)
            command.options.push_back(
                {QStringLiteral("as-of"), QStringLiteral("MOMENT"),
                 QStringLiteral(
                     "as it was: 2026-11-20 06:00, now-7d or commit:REPOSITORY@ID; what is not known of then "
                     "is said")});
        if (!command.filter.empty())
            command.options.push_back({QStringLiteral("filter"), QStringLiteral("WORDS"),
                                       QStringLiteral("only rows that hold WORDS, as in the console's filter bars")});
    }
    return all;
}

} // namespace andon::ctl

int main(int argc, char **argv)
{
    qputenv("TZ", "UTC"); // what it prints is compared and kept
    andon::net::hardenProcess();
    const auto app = andon::ctl::makeApplication(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("andonctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ANDON_VERSION));
    andon::text::speak(*app, {.code = QStringLiteral("en")}); // scripts read it: everywhere the same
    return andon::ctl::dispatch(QCoreApplication::arguments());
}
