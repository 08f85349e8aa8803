#include "tests/layers/house.h"
#include "tests/support/suite.h"

using namespace andon::house;

class HouseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }
    void findsEveryPattern();
    void readsCodeAndNotComments();
    void exceptionsAreNarrow();
    void exceptionsNameARuleAndAReason();
    void holdsInThisTree();
};

void HouseTest::findsEveryPattern()
{
    for (const Rule &rule : rules()) {
        const std::string path = rule.folders.front() + "any/planted.cpp";
        const auto found = houseFindings({.path = path, .text = "void f();\n  " + rule.pattern + ";\n"}, {rule}, {});
        QVERIFY2(found.size() == 1, rule.pattern.c_str());
        QCOMPARE(found[0].line, 2);
        QVERIFY2(!rule.why.empty(), rule.pattern.c_str());
    }
}

void HouseTest::readsCodeAndNotComments()
{
    const Rule call{"getenv(", {"src/"}, "why"};
    const Rule path{"/nowhere/", {"src/"}, "why", true};
    const auto countIn = [](const std::string &text, const Rule &rule) {
        return houseFindings({.path = "src/a.cpp", .text = text}, {rule}, {}).size();
    };
    QCOMPARE(countIn("// getenv(\n/* getenv( */ x", call), 0U);
    QCOMPARE(countIn("mygetenv(x)", call), 0U);
    QCOMPARE(countIn("std::getenv(x); getenv(y)", call), 2U);
    QCOMPARE(countIn("\"http://x\"; getenv(y)", call), 1U);
    QCOMPARE(countIn("R\"(\" // )\"; getenv(y)", call), 1U);
    QCOMPARE(countIn("// see /nowhere/x\n", path), 1U);
    QCOMPARE(houseFindings({.path = "ui/a.cpp", .text = "getenv("}, {call}, {}).size(), 0U);
}

void HouseTest::exceptionsAreNarrow()
{
    const Rule call{"getenv(", {"src/"}, "why"};
    const Exception profile{"getenv(", "src/profile/", "why"};
    const std::string text = "getenv(";
    QCOMPARE(houseFindings({.path = "src/profile/a.cpp", .text = text}, {call}, {profile}).size(), 0U);
    QCOMPARE(houseFindings({.path = "src/net/a.cpp", .text = text}, {call}, {profile}).size(), 1U);
    const Exception other{"sleep_for(", "src/profile/", "why"};
    QCOMPARE(houseFindings({.path = "src/profile/a.cpp", .text = text}, {call}, {other}).size(), 1U);
}

void HouseTest::exceptionsNameARuleAndAReason()
{
    for (const Exception &exception : exceptions()) {
        const auto named = [&](const Rule &rule) { return rule.pattern == exception.pattern; };
        QVERIFY2(std::any_of(rules().begin(), rules().end(), named), exception.pattern.c_str());
        QVERIFY2(!exception.why.empty() && !exception.path.empty(), exception.pattern.c_str());
    }
}

void HouseTest::holdsInThisTree()
{
    const auto files =
        readTree(ANDON_SOURCE_DIR,
                 {"src", "ui", "app", "tests", "installer", "resources", ".ci", "run", "test", "README.md",
                  "ARCHITECTURE.md", "CONTRIBUTING.md", "CMakeLists.txt", "CMakePresets.json"},
                 {".h", ".cpp", ".txt", ".md", ".sh", ".yaml", ".yml", ".sql", ".svg", ".xml", "run"});
    QVERIFY2(files.size() > 50, "the tree was not read");
    std::vector<Finding> found;
    for (const SourceFile &file : files) {
        const auto more = houseFindings(file, rules(), exceptions());
        found.insert(found.end(), more.begin(), more.end());
    }
    QVERIFY2(found.empty(), listed(found).c_str());
}

ANDON_SUITE(HouseTest)
#include "house_test.moc"
