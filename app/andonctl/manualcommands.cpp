// completion, manual: what the command table knows, for a shell and for man.
#include "app/andonctl/manual.h"
#include "app/andonctl/output.h"

#include <QCommandLineParser>

namespace andon::ctl
{

std::vector<Command> manualCommands()
{
    return {
        {.name = QStringLiteral("completion"),
         .summary = QStringLiteral("Print the completion for bash."),
         .details = QStringLiteral("The package installs it. Example:\n    source <(andonctl completion)"),
         .run =
             [](Session &, const QCommandLineParser &) {
                 print(bashCompletion(allCommands()));
                 return static_cast<int>(Ok);
             }},
        {.name = QStringLiteral("manual"),
         .summary = QStringLiteral("Print the manual page."),
         .details = QStringLiteral("The package installs it. Example:\n    andonctl manual | man -l -"),
         .run =
             [](Session &, const QCommandLineParser &) {
                 print(manualPage(allCommands()));
                 return static_cast<int>(Ok);
             }},
    };
}

} // namespace andon::ctl
