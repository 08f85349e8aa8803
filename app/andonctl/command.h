#pragma once
// One row per verb of andonctl. The table drives dispatch, --help and the completions; nothing is said twice.
#include "text/filter.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

class QCommandLineParser;

namespace andon::ctl
{

class Session;

/// Exit codes every script can rely on.
enum Exit { Ok = 0, Failed = 1, Usage = 2, CacheOnly = 3, Unreachable = 4, VerifyFailed = 5 };

struct Option {
    QString name = {};
    QString value = {}; ///< name of the value, "" for a flag
    QString help = {};
};

struct Command {
    QString name = {}; ///< "site add", "log"
    QString summary = {}; ///< one line
    QString arguments = {}; ///< "MODEL@VERSION"
    QString details = {}; ///< what it does, with examples
    int minArguments = 0;
    int maxArguments = 0;
    std::vector<Option> options = {};
    /// Its list can be filtered by these: it has --filter, and --help teaches the grammar.
    std::vector<text::FilterField> filter = {};
    bool pins = false; ///< it has --as-of
    bool paints = false; ///< needs fonts, and so a QGuiApplication
    std::function<int(Session &, const QCommandLineParser &)> run = {};
};

[[nodiscard]] std::vector<Command> siteCommands();
[[nodiscard]] Command siteAddCommand(); ///< one of them
[[nodiscard]] std::vector<Command> settingsCommands();
[[nodiscard]] std::vector<Command> viewCommands();
[[nodiscard]] std::vector<Command> syncCommands();
[[nodiscard]] std::vector<Command> cacheCommands();
[[nodiscard]] std::vector<Command> ackCommands();
[[nodiscard]] std::vector<Command> noticeCommands();
[[nodiscard]] std::vector<Command> supportCommands();
[[nodiscard]] std::vector<Command> manualCommands();
[[nodiscard]] std::vector<Command> versionCommands();
[[nodiscard]] Command commitCommand(); ///< one of them
[[nodiscard]] std::vector<Command> gateCommands();
[[nodiscard]] std::vector<Command> refCommands();
[[nodiscard]] std::vector<Command> diffCommands();
[[nodiscard]] std::vector<Command> objectCommands();
[[nodiscard]] std::vector<Command> changeCommands();
[[nodiscard]] std::vector<Command> lineageCommands();
[[nodiscard]] std::vector<Command> telemetryCommands();
[[nodiscard]] std::vector<Command> machineCommands();
[[nodiscard]] std::vector<Command> moneyCommands();
[[nodiscard]] std::vector<Command> reportCommands();
[[nodiscard]] std::vector<Command> journalCommands();
[[nodiscard]] std::vector<Command> demoCommands();
[[nodiscard]] std::vector<Command> allCommands();

} // namespace andon::ctl
