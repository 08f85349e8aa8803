// The registry, the palette and the sheet of keys by themselves; tests/ui/window_test.cpp has them in the window.
#include "tests/support/suite.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/history.h"
#include "ui/shell/shortcutsheet.h"
#include "ui/shell/windowstate.h"

#include <QFile>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QSplitter>
#include <QTableView>
#include <QTemporaryDir>

using namespace andon;

namespace
{

QKeySequence keys(const char *text)
{
    return QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText);
}

/// Two commands that count: one with keys and one that needs to know something.
struct Counted {
    QWidget window;
    ui::CommandRegistry registry{&window};
    int floor = 0;
    QStringList told;

    Counted()
    {
        registry.add({.id = QStringLiteral("page.floor"),
                      .group = QStringLiteral("Go"),
                      .title = QStringLiteral("Go to Floor"),
                      .description = QStringLiteral("Show the floor."),
                      .keys = keys("Alt+1"),
                      .run = [this](const QString &) { ++floor; }});
        registry.add({.id = QStringLiteral("tell"),
                      .group = QStringLiteral("Say"),
                      .title = QStringLiteral("Tell"),
                      .description = QStringLiteral("Tell a word."),
                      .run = [this](const QString &word) { told << word; },
                      .prompt = QStringLiteral("Which word?"),
                      .choices = {}});
    }
    /// The window's destructor deletes it.
    ui::CommandPalette *palette(QStringList *went = nullptr)
    {
        auto *made = new ui::CommandPalette(
            registry,
            [went](const QString &target) {
                if (went)
                    *went << target;
            },
            &window);
        made->open();
        return made;
    }
};

} // namespace

class CommandsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // No failOnAnyWarning: the offscreen platform warns that it cannot raise or grab a popup.

    void runByKeysAlone()
    {
        Counted counted;
        const auto shortcuts = counted.window.findChildren<QShortcut *>();
        QCOMPARE(shortcuts.size(), 1);
        Q_EMIT shortcuts.front()->activated();
        QCOMPARE(counted.floor, 1);

        auto *palette = counted.palette();
        auto *input = palette->findChild<QLineEdit *>();
        QCOMPARE(palette->shownCount(), 2);
        QTest::keyClicks(input, QStringLiteral("flo go"));
        QCOMPARE(palette->shownCount(), 1);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(counted.floor, 2);
    }

    void thePaletteAsksForWhatACommandNeeds()
    {
        Counted counted;
        auto *palette = counted.palette();
        auto *input = palette->findChild<QLineEdit *>();
        QTest::keyClicks(input, QStringLiteral("tell"));
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(input->placeholderText(), QStringLiteral("Which word?"));
        QVERIFY(counted.told.isEmpty());
        QTest::keyClick(input, Qt::Key_Return); // nothing typed is no answer
        QVERIFY(counted.told.isEmpty());
        QTest::keyClicks(input, QStringLiteral("zebra"));
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(counted.told, QStringList(QStringLiteral("zebra")));
    }

    void thePaletteGoesToPlaces()
    {
        Counted counted;
        QStringList went;
        auto *palette = counted.palette(&went);
        palette->setPlaces(std::make_shared<const models::QuickIndex>(std::vector<models::QuickEntry>{
            {QStringLiteral("Branch"), QStringLiteral("ingest-42"), QStringLiteral("ml-data"),
             QStringLiteral("commit:ml-data@1")},
            {QStringLiteral("Model"), QStringLiteral("fraud-llm@14"), {}, QStringLiteral("model:fraud-llm@14")}}));
        auto *input = palette->findChild<QLineEdit *>();
        QTest::keyClicks(input, QStringLiteral("ingest"));
        QCOMPARE(palette->shownCount(), 1);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(went, QStringList(QStringLiteral("commit:ml-data@1")));
    }

    void wordsThatFitNothing()
    {
        Counted counted;
        auto *palette = counted.palette();
        auto *input = palette->findChild<QLineEdit *>();
        QTest::keyClicks(input, QStringLiteral("zebra"));
        QTest::keyClick(input, Qt::Key_Down);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(counted.floor, 0);
    }

    void keysCannotCollide()
    {
        Counted counted;
        QVERIFY(!counted.registry.setKeys(QStringLiteral("tell"), keys("Alt+1")));
        QVERIFY(counted.registry.setKeys(QStringLiteral("tell"), keys("G, T")));
        QVERIFY2(!counted.registry.setKeys(QStringLiteral("page.floor"), keys("G")), "one begins the other");
        QVERIFY(counted.registry.setKeys(QStringLiteral("page.floor"), {}));
        QVERIFY(counted.registry.setKeys(QStringLiteral("tell"), keys("Alt+1")));
        QCOMPARE(counted.registry.hintOf(QStringLiteral("tell")), QStringLiteral("Tell (Alt+1)"));
    }

    void ownKeysAreKept()
    {
        Counted counted;
        const std::map<std::string, std::string> own = {
            {"page.floor", ""}, {"tell", "Alt+1"}, {"of.tomorrow", "Alt+9"}};
        QVERIFY(counted.registry.setOwnKeys(own).isEmpty());
        QCOMPARE(counted.registry.keysOf(QStringLiteral("tell")), keys("Alt+1"));
        QCOMPARE(counted.registry.ownKeys(), own);
        QCOMPARE(counted.registry.setOwnKeys({{"tell", "Alt+1"}}), QStringList(QStringLiteral("Tell")));
        QCOMPARE(counted.registry.keysOf(QStringLiteral("page.floor")), keys("Alt+1"));
    }

    void aCommandSaysWhyNot()
    {
        Counted counted;
        counted.registry.add({.id = QStringLiteral("never"),
                              .title = QStringLiteral("Never"),
                              .run = [](const QString &) { QFAIL("it ran"); },
                              .whyNot = [] { return QStringLiteral("Not today."); }});
        QSignalSpy refused(&counted.registry, &ui::CommandRegistry::refused);
        counted.registry.run(QStringLiteral("never"));
        QCOMPARE(refused.value(0).value(0).toString(), QStringLiteral("Not today."));
    }

    void theSheetChangesKeys()
    {
        Counted counted;
        auto *sheet = new ui::ShortcutSheet(counted.registry, &counted.window);
        auto *table = sheet->findChild<QTableView *>();
        QCOMPARE(table->model()->rowCount(), 4); // two groups, two commands
        table->setCurrentIndex(table->model()->index(3, 0));
        auto *edit = sheet->findChild<QKeySequenceEdit *>();
        edit->setKeySequence(keys("Alt+1"));
        Q_EMIT edit->editingFinished();
        QVERIFY2(counted.registry.keysOf(QStringLiteral("tell")).isEmpty(), "another command has them");
        edit->setKeySequence(keys("Alt+7"));
        Q_EMIT edit->editingFinished();
        QCOMPARE(counted.registry.keysOf(QStringLiteral("tell")), keys("Alt+7"));
        QCOMPARE(table->model()->index(3, 1).data().toString(), QStringLiteral("Alt+7"));
    }

    void historyGoesBackAndForth()
    {
        ui::History history;
        const auto at = [](const char *page) { return profile::View{.page = page}; };
        QVERIFY(!history.canGo(-1) && !history.canGo(1));
        for (const char *page : {"floor", "versions", "versions", "lineage"})
            history.visit(at(page));
        QCOMPARE(history.go(-1)->page, std::string("versions"));
        QCOMPARE(history.go(-1)->page, std::string("floor"));
        QVERIFY(!history.go(-1));
        QCOMPARE(history.go(1)->page, std::string("versions"));
        history.visit(at("compute")); // what lay ahead is given up
        QVERIFY(!history.canGo(1));
        QCOMPARE(history.go(-1)->page, std::string("versions"));
    }
};

ANDON_SUITE(CommandsTest)
#include "commands_test.moc"
