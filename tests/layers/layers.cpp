#include "tests/layers/layers.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <memory>

namespace andon::house
{

namespace
{

using Folders = std::set<std::string>;

const Folders subjects{"versions", "telemetry", "lineage", "economics", "audit"};

Folders with(Folders base, const Folders &more)
{
    base.insert(more.begin(), more.end());
    return base;
}

/// "sources/*" is every source; a source's own folder is always allowed.
const std::map<std::string, Folders> &table()
{
    static const Folders coreAndSubjects = with(subjects, {"core"});
    static const Folders aboveFactory = with(coreAndSubjects, {"factory", "text"});
    static const std::map<std::string, Folders> rules{
        {"core", {}},
        {"versions", {"core"}},
        {"telemetry", {"core"}},
        {"lineage", {"core", "versions"}},
        {"economics", {"core", "telemetry"}},
        {"audit", {"core", "versions", "lineage"}},
        {"roles", coreAndSubjects},
        {"net", {"core"}},
        {"store", coreAndSubjects},
        {"journal", coreAndSubjects},
        {"profile", coreAndSubjects},
        {"sources/*", with(coreAndSubjects, {"roles", "net", "sources/shared"})},
        {"factory", with(coreAndSubjects, {"roles", "store", "journal", "profile"})},
        {"text", coreAndSubjects},
        {"painting", with(coreAndSubjects, {"text"})},
        {"reports", with(aboveFactory, {"painting"})},
        {"models", aboveFactory},
        {"demo", coreAndSubjects},
        {"ui", with(aboveFactory, {"models", "reports", "painting", "profile"})},
        {"app", {"*"}},
    };
    return rules;
}

/// Headers of others that belong to some folders only. The start of the include decides; app/ may use all but the last.
struct Private {
    std::string_view start;
    Folders folders;
    std::string_view why;
};

const std::vector<Private> &privateHeaders()
{
    static const std::vector<Private> rules{
        {"curl/", {"net", "app"}, "libcurl is spoken in net/"},
        {"sqlite3", {"store"}, "SQL is in store/"},
        {"httplib", {"demo"}, "only the demo factory serves HTTP"},
        {"xlsxwriter", {"reports"}, "only reports write spreadsheets"},
        {"qt6keychain/", {"profile"}, "only the profile reads the keychain"},
        {"QtSql/", {}, "SQLite is used through its own API"},
    };
    return rules;
}

/// The five subjects are pure: values and functions.
const Folders impure{"thread",         "mutex",      "future",       "condition_variable",
                     "fstream",        "filesystem", "iostream",     "unistd.h",
                     "fcntl.h",        "QFile",      "QDir",         "QFileInfo",
                     "QThread",        "QTimer",     "QThreadPool",  "QEventLoop",
                     "QProcess",       "QFuture",    "QPromise",     "QDateTime",
                     "QFutureWatcher", "QSaveFile",  "QtConcurrent", "QObject",
                     "QElapsedTimer"};

bool mayUseModule(const std::string &folder, const std::string &module)
{
    static const Folders everywhere{"QtCore", "QtConcurrent"};
    static const Folders desktop{"QtGui",          "QtWidgets", "QtCharts", "QtSvg",          "QtSvgWidgets",
                                 "QtPrintSupport", "QtDBus",    "QtOpenGL", "QtOpenGLWidgets"};
    if (everywhere.count(module))
        return true;
    if (folder == "painting" || folder == "reports")
        return module == "QtGui" || module == "QtSvg";
    if (folder == "ui" || folder == "app/andon")
        return desktop.count(module) > 0 || (folder != "ui" && module == "QtNetwork");
    if (startsWith(folder, "app"))
        return module == "QtGui" || module == "QtNetwork" || module == "QtDBus";
    // The lock hands writes over through a local socket, the keychain asks the session bus.
    return folder == "profile" && (module == "QtNetwork" || module == "QtDBus");
}

std::string tableRow(const std::string &folder)
{
    if (startsWith(folder, "sources/"))
        return "sources/*";
    return startsWith(folder, "app") ? "app" : folder;
}

std::string ours(const std::string &folder, const Include &include)
{
    if (endsWith(include.target, ".moc"))
        return {};
    const std::string target = folderOfInclude(include.target);
    if (target.empty())
        return "\"" + include.target + "\" is not written from src/ or from the root of the repository";
    const Folders &allowed = mayInclude(folder);
    if (target == folder || allowed.count(target) || allowed.count("*"))
        return {};
    return folder + "/ may not include " + target + "/ (" + include.target + ")";
}

std::string others(const std::string &folder, const Include &include, const QtModuleOf &moduleOf)
{
    for (const Private &rule : privateHeaders()) {
        if (startsWith(include.target, rule.start) && !rule.folders.count(tableRow(folder)))
            return "<" + include.target + ">: " + std::string(rule.why);
    }
    if (subjects.count(folder) && impure.count(include.target))
        return "<" + include.target + ">: " + folder + "/ is pure: no I/O, no clock, no threads, no event loop";
    if (folder == "ui" && (startsWith(include.target, "nlohmann/") || startsWith(include.target, "QJson")))
        return "<" + include.target + ">: ui/ knows no JSON";
    const std::string module = moduleOf(include.target);
    if (!module.empty() && !mayUseModule(folder, module))
        return "<" + include.target + "> is of " + module + ", which " + folder + "/ may not use";
    return {};
}

} // namespace

std::vector<Include> includesOf(std::string_view code)
{
    const std::string text = withoutComments(code);
    std::vector<Include> out;
    int line = 0;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        ++line;
        std::string_view rest = std::string_view(text).substr(start, end - start);
        start = end + 1;
        const auto skip = [&rest](std::string_view word) {
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
            const bool found = startsWith(rest, word);
            rest.remove_prefix(found ? word.size() : 0);
            return found;
        };
        if (!skip("#") || !skip("include") || !skip("") || rest.empty() || (rest[0] != '"' && rest[0] != '<'))
            continue;
        const bool quoted = rest[0] == '"';
        const std::size_t close = rest.find(quoted ? '"' : '>', 1);
        if (close != std::string_view::npos)
            out.push_back({.line = line, .target = std::string(rest.substr(1, close - 1)), .quoted = quoted});
    }
    return out;
}

std::string folderOfInclude(std::string_view target)
{
    const std::size_t slash = target.find('/');
    const std::string first(target.substr(0, slash));
    if (slash == std::string_view::npos || !(first == "sources" || first == "tests" || table().count(first)))
        return {};
    if (first != "sources" && first != "app")
        return first;
    const std::size_t second = target.find('/', slash + 1);
    return second == std::string_view::npos ? first : std::string(target.substr(0, second));
}

std::string folderOfPath(std::string_view path)
{
    if (startsWith(path, "src/"))
        return folderOfInclude(path.substr(4));
    return startsWith(path, "ui/") || startsWith(path, "app/") ? folderOfInclude(path) : std::string();
}

const std::set<std::string> &mayInclude(const std::string &folder)
{
    static const Folders nothing;
    const auto row = table().find(tableRow(folder));
    return row == table().end() ? nothing : row->second;
}

bool isKnownFolder(const std::string &folder)
{
    return table().count(tableRow(folder)) > 0;
}

QtModuleOf qtModulesIn(std::string includeFolder)
{
    namespace fs = std::filesystem;
    auto modules = std::make_shared<std::map<std::string, std::string>>();
    for (const fs::directory_entry &module : fs::directory_iterator(includeFolder)) {
        const std::string name = module.path().filename().string();
        if (!module.is_directory() || !startsWith(name, "Qt"))
            continue;
        for (const fs::directory_entry &header : fs::directory_iterator(module.path()))
            modules->emplace(header.path().filename().string(), name);
    }
    return [modules](const std::string &header) -> std::string {
        const std::size_t slash = header.find('/');
        if (startsWith(header, "Qt") && slash != std::string::npos)
            return header.substr(0, slash);
        const auto found = modules->find(header);
        return found == modules->end() ? std::string() : found->second;
    };
}

std::vector<Finding> layerFindings(const SourceFile &file, const QtModuleOf &moduleOf)
{
    const std::string folder = folderOfPath(file.path);
    if (folder.empty() || !isKnownFolder(folder))
        return {{.path = file.path, .line = 0, .what = "lies in no folder of the table"}};
    std::vector<Finding> out;
    for (const Include &include : includesOf(file.text)) {
        const std::string what = include.quoted && !startsWith(include.target, "Q") ? ours(folder, include)
                                                                                    : others(folder, include, moduleOf);
        if (!what.empty())
            out.push_back({.path = file.path, .line = include.line, .what = what});
    }
    return out;
}

} // namespace andon::house
