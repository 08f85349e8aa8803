#include "tests/support/suite.h"
#include "ui/shell/commands.h"

#include <QLineEdit>
#include <QListWidget>
#include <QShortcut>

using namespace andon;

class CommandsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // No failOnAnyWarning: the offscreen platform warns that it cannot raise or grab a popup.

    void runByKeysAlone()
    {
        QWidget window;
        ui::CommandRegistry registry;
        int floor = 0;
        int quit = 0;
        registry.add(&window,
                     {.id = QStringLiteral("page.floor"),
                      .title = QStringLiteral("Go to Floor"),
                      .keys = QKeySequence(QStringLiteral("Alt+1")),
                      .run = [&] { ++floor; }});
        registry.add(&window, {.id = QStringLiteral("quit"), .title = QStringLiteral("Quit"), .run = [&] { ++quit; }});
        const auto shortcuts = window.findChildren<QShortcut *>();
        QCOMPARE(shortcuts.size(), 1);
        Q_EMIT shortcuts.front()->activated();
        QCOMPARE(floor, 1);

        auto *palette = new ui::CommandPalette(registry, &window);
        palette->open();
        auto *list = palette->findChild<QListWidget *>();
        auto *input = palette->findChild<QLineEdit *>();
        QCOMPARE(list->count(), 2);
        QTest::keyClicks(input, QStringLiteral("flo go"));
        QCOMPARE(list->count(), 1);
        input->clear();
        QTest::keyClick(input, Qt::Key_Down);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(quit, 1);
        QCOMPARE(floor, 1);
    }

    void wordsThatFitNothing()
    {
        QWidget window;
        ui::CommandRegistry registry;
        int ran = 0;
        registry.add(&window, {.id = QStringLiteral("quit"), .title = QStringLiteral("Quit"), .run = [&] { ++ran; }});
        auto *palette = new ui::CommandPalette(registry, &window);
        palette->open();
        auto *input = palette->findChild<QLineEdit *>();
        QTest::keyClicks(input, QStringLiteral("zebra"));
        QTest::keyClick(input, Qt::Key_Down);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(ran, 0);
    }
};

ANDON_SUITE(CommandsTest)
#include "commands_test.moc"
