#include "tests/integration/lakefs/console.h"
#include "tests/integration/lakefs/demofactory.h"
#include "tests/integration/lakefs/lake.h"
#include "tests/integration/lakefs/lakefsserver.h"
#include "tests/support/suite.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>

#include <set>
#include <sstream>

using namespace andon;

namespace
{

/// The first words of the lines of a table; its last line is empty.
std::vector<std::string> firstColumn(const std::string &table)
{
    std::vector<std::string> words;
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty())
            words.push_back(line.substr(0, line.find('\t')));
    return words;
}

} // namespace

/// lakeFS's own command-line client beside `andonctl demo-factory`, whose --truth says what it must find.
class LakectlTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString truth = m_folder.filePath(QStringLiteral("truth.json"));
        const std::string wrong = m_factory.start(
            {QStringLiteral("--truth"), truth, QStringLiteral("--now"), QStringLiteral("2026-11-24T12:00:00Z")});
        QVERIFY2(wrong.empty(), wrong.c_str());
        m_lakectl = std::make_unique<test::Lakectl>(m_factory.url(), m_factory.key(), m_factory.secret());
        QFile file(truth);
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_truth = test::Json::parse(file.readAll().toStdString())["data"];
    }

    void cleanupTestCase() { QCOMPARE(m_factory.stop(), 0); }

    void init() { test::failOnAnyWarning(); }

    void listsRepositories()
    {
        std::vector<std::string> wanted;
        for (const auto &[name, truth] : m_truth["repositories"].items())
            wanted.push_back(name);
        QVERIFY(wanted.size() == 3);
        QCOMPARE(firstColumn(ran({"repo", "list"})), wanted);
    }

    void listsRefsAndTheirLogs()
    {
        for (const auto &[name, truth] : m_truth["repositories"].items()) {
            const std::string uri = "lakefs://" + name;
            const auto branches = firstColumn(ran({"branch", "list", uri, "--amount", "1000"}));
            const auto tags = firstColumn(ran({"tag", "list", uri, "--amount", "1000"}));
            QCOMPARE(branches.size(), truth["branches"].get<std::size_t>());
            QCOMPARE(tags.size(), truth["tags"].get<std::size_t>());
            std::vector<std::string> refs = branches;
            refs.insert(refs.end(), tags.begin(), tags.end());
            test::Parents all;
            for (const std::string &ref : refs)
                all.merge(test::parentsInDot(ran({"log", "--dot", uri + "/" + ref})));
            if (const test::Json &ingest = m_truth["ingest"]; name == ingest["repository"]) { // what no ref holds
                const std::string refused = ingest["refused"];
                QVERIFY(!all.contains(refused));
                all.merge(test::parentsInDot(ran({"log", "--dot", uri + "/" + refused})));
            }
            QCOMPARE(all.size(), truth["commits"].get<std::size_t>());
            std::set<std::string> ids;
            for (const auto &[id, parents] : all)
                for (const std::string &parent : parents)
                    QVERIFY2(all.contains(parent), (name + " lacks " + parent).c_str());
        }
    }

    void showsTheIngest()
    {
        const test::Json &ingest = m_truth["ingest"];
        const std::string merge = ingest["merge"];
        const std::string uri = "lakefs://" + ingest["repository"].get<std::string>() + "/" + merge;
        const std::string shown = ran({"show", "commit", uri});
        QVERIFY2(shown.find("ID:            " + merge) != std::string::npos, shown.c_str());
        QVERIFY2(shown.find("Author:        " + ingest["committer"].get<std::string>()) != std::string::npos,
                 shown.c_str());
        const QString at = QDateTime::fromSecsSinceEpoch(ingest["at"].get<qint64>(), Qt::UTC)
                               .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        QVERIFY2(shown.find("Date:          " + at.toStdString()) != std::string::npos, shown.c_str());
        QVERIFY2(shown.find("Merge " + ingest["branch"].get<std::string>()) != std::string::npos, shown.c_str());
        const std::string log = ran({"log", uri, "--amount", "1", "--limit"});
        QVERIFY2(log.find("ID:            " + merge) != std::string::npos, log.c_str());
    }

    void comparesWithTheParent()
    {
        const std::string repo = m_truth["ingest"]["repository"];
        const std::string merge = m_truth["ingest"]["merge"];
        test::Lake lake(m_factory.url(), m_factory.key() + ":" + m_factory.secret());
        std::set<std::string> wanted;
        for (const test::Json &change : lake.all("/" + repo + "/refs/" + merge + "~1/diff/" + merge + "?type=two_dot"))
            wanted.insert(change["type"].get<std::string>() + " " + change["path"].get<std::string>());
        QVERIFY(wanted.size() > 3);
        ANDON_VERIFY_LAKE(lake);
        const std::string uri = "lakefs://" + repo + "/" + merge;
        std::set<std::string> got;
        std::istringstream lines(ran({"diff", uri + "~1", uri, "--two-way"}));
        for (std::string line; std::getline(lines, line);)
            if (!line.starts_with("Left ref: ") && !line.starts_with("Right ref: "))
                got.insert(line.substr(2)); // "+ added PATH", "~ modified PATH"
        QCOMPARE(got.size(), wanted.size());
        for (const std::string &line : got) {
            const std::string word = line.substr(0, line.find(' '));
            QVERIFY2(wanted.contains((word == "modified" ? "changed" : word) + line.substr(line.find(' '))),
                     line.c_str());
        }
    }

    void refusesAsAServerDoes()
    {
        const auto denied = test::Lakectl(m_factory.url(), m_factory.key(), "wrong")
                                .run({QStringLiteral("repo"), QStringLiteral("list")});
        QCOMPARE(denied.exit, 1);
        QVERIFY2(denied.error.find("error authenticating request") != std::string::npos, denied.error.c_str());
        const auto unknown = m_lakectl->run({QStringLiteral("log"), QStringLiteral("lakefs://no-such-lake/main")});
        QCOMPARE(unknown.exit, 1);
        QVERIFY2(unknown.error.find("repository not found") != std::string::npos, unknown.error.c_str());
    }

private:
    std::string ran(const std::vector<std::string> &words)
    {
        QStringList arguments;
        for (const std::string &word : words)
            arguments << QString::fromStdString(word);
        const test::Ran ran = m_lakectl->run(arguments);
        if (ran.exit != 0)
            qWarning("lakectl %s: %d %s", qPrintable(arguments.join(u' ')), ran.exit, ran.error.c_str()); // fails
        return ran.out;
    }

    QTemporaryDir m_folder;
    test::DemoFactory m_factory;
    std::unique_ptr<test::Lakectl> m_lakectl;
    test::Json m_truth;
};

ANDON_SUITE(LakectlTest)
#include "lakectl_test.moc"
