#include "tests/layers/house.h"

#include <algorithm>
#include <cctype>

namespace andon::house
{

namespace
{

const std::vector<std::string> product{"src/", "ui/", "app/"};
const std::vector<std::string> productAndTests{"src/", "ui/", "app/", "tests/"};
const std::vector<std::string> everything{"src/", "ui/",  "app/",  "tests/", "installer/",   "resources/",  ".ci/",
                                          "run",  "test", "CMake", "README", "ARCHITECTURE", "CONTRIBUTING"};

bool inWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

bool isOf(const std::string &path, const std::vector<std::string> &starts)
{
    return std::any_of(starts.begin(), starts.end(), [&](const std::string &start) { return startsWith(path, start); });
}

bool isExcepted(const SourceFile &file, const Rule &rule, const std::vector<Exception> &exceptions)
{
    return std::any_of(exceptions.begin(), exceptions.end(),
                       [&](const Exception &e) { return e.pattern == rule.pattern && startsWith(file.path, e.path); });
}

bool isCode(const std::string &path)
{
    return endsWith(path, ".cpp") || endsWith(path, ".h");
}

void find(const SourceFile &file, const std::string &text, const Rule &rule, std::vector<Finding> &out)
{
    for (std::size_t at = text.find(rule.pattern); at != std::string::npos; at = text.find(rule.pattern, at + 1)) {
        if (at > 0 && inWord(text[at - 1]) && inWord(rule.pattern.front()))
            continue;
        const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        out.push_back({.path = file.path, .line = static_cast<int>(line) + 1, .what = rule.pattern + " — " + rule.why});
    }
}

} // namespace

const std::vector<Rule> &rules()
{
    static const std::string noNesting = "the window never waits: no nested event loop";
    static const std::string plainText = "server text is data: it is shown as plain text";
    static const std::string bigTables = "too slow for anything big: QTableView with fixed sections, or a virtual list";
    static const std::string noPaths = "a path of one machine";
    static const std::vector<Rule> all{
        {"QEventLoop", productAndTests, noNesting},
        {"processEvents(", productAndTests, noNesting},
        {"waitForFinished(", productAndTests, noNesting},
        {".exec()", {"src/", "ui/"}, noNesting},
        {"->exec()", {"src/", "ui/"}, noNesting},
        {"QTest::qWait(", productAndTests, "wait for the thing itself: QTRY_… or a spy"},
        {"QTest::qSleep(", productAndTests, "wait for the thing itself: QTRY_… or a spy"},
        {"QSKIP(", productAndTests, "a test is never skipped: it passes, or it fails with a sentence"},
        {"sleep_for(", product, "nothing sleeps: use a timer or a condition"},
        {"QThread::sleep", product, "nothing sleeps: use a timer or a condition"},
        {"QThread::msleep", product, "nothing sleeps: use a timer or a condition"},
        {"QSortFilterProxyModel", product, bigTables},
        {"QTreeView", product, bigTables},
        {"QTreeWidget", product, bigTables},
        {"QTableWidget", product, bigTables},
        {"ResizeToContents", product, bigTables},
        {"beginResetModel(", product, "models change by difference: selection and scroll position stay"},
        {"Qt::RichText", product, plainText},
        {"Qt::AutoText", product, plainText},
        {"Qt::MarkdownText", product, plainText},
        {"setHtml(", product, plainText},
        {"insertHtml(", product, plainText},
        {"appendHtml(", product, plainText},
        {"QTextBrowser", product, plainText},
        {"getenv(", {"src/", "ui/"}, "what the environment says is read in app/ and handed down"},
        {"qgetenv(", {"src/", "ui/"}, "what the environment says is read in app/ and handed down"},
        {"co_await", productAndTests, "GCC 12.2 miscompiles it"},
        {"std::regex", product, "slow, and it recurses on what a server sent"},
        {"std::cout", {"src/", "ui/"}, "only the programs print"},
        {"SKIP_RETURN_CODE", {"tests/"}, "a test is never skipped"},
        {"/work/", everything, noPaths, true},
        {"/root/", everything, noPaths, true},
        {"/home/", everything, noPaths, true},
    };
    return all;
}

const std::vector<Exception> &exceptions()
{
    static const std::vector<Exception> all{
        {"sleep_for(", "src/net/httpclient.cpp",
         "the pause before a retry, on a worker thread, given up when cancelled"},
        {"getenv(", "src/profile/", "secrets may come from the environment; is there a session bus for the keychain"},
        {"waitForFinished(", "tests/support/", "waits for a server process that the test started"},
        {"waitForFinished(", "tests/integration/mlflow/", "ends a group of processes, which Program does not"},
    };
    return all;
}

std::vector<Finding> houseFindings(const SourceFile &file, const std::vector<Rule> &rules,
                                   const std::vector<Exception> &exceptions)
{
    std::vector<Finding> out;
    if (startsWith(file.path, "tests/layers/"))
        return out; // names everything that it forbids
    const std::string code = isCode(file.path) ? withoutComments(file.text) : file.text;
    for (const Rule &rule : rules) {
        if (isOf(file.path, rule.folders) && !isExcepted(file, rule, exceptions))
            find(file, rule.inComments ? file.text : code, rule, out);
    }
    return out;
}

void measure(const SourceFile &file, Sizes &sizes)
{
    const int lines = countLines(file.text);
    const int aim = endsWith(file.path, ".h") ? 150 : 400;
    const int most = startsWith(file.path, "ui/shell/mainwindow.") ? 400 : 600;
    const std::string what = std::to_string(lines) + " lines; ";
    if (lines > most)
        sizes.tooLong.push_back({.path = file.path, .line = lines, .what = what + "at most " + std::to_string(most)});
    else if (lines > aim)
        sizes.notes.push_back({.path = file.path, .line = lines, .what = what + "the aim is " + std::to_string(aim)});
}

} // namespace andon::house
