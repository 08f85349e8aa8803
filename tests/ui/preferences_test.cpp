#include "tests/support/suite.h"
#include "text/units.h"
#include "ui/pages/settings/preferencedesk.h"
#include "ui/pages/settings/preferencesform.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>

using namespace andon;
using namespace andon::ui;

namespace
{

class Desk final : public PreferenceDesk
{
public:
    std::int64_t bytes = 41'000'000;
    bool takes = true;
    std::int64_t cacheBytes() const override { return bytes; }
    void lookAgain() override
    {
        bytes = 52'000'000;
        Q_EMIT changed();
    }
    bool desktopTakes() const override { return takes; }
};

/// The form with a window around it that keeps what was edited.
struct Kept {
    Desk desk;
    profile::Settings settings;
    PreferencesForm form{desk, nullptr};
    int edits = 0;

    Kept()
    {
        QObject::connect(&form, &PreferencesForm::edited, &form,
                         [this](const std::function<void(profile::Settings &)> &change) {
                             ++edits;
                             change(settings);
                             form.setSettings(settings);
                         });
    }
    [[nodiscard]] QLineEdit *line(const char *name) const
    {
        for (QLineEdit *one : form.findChildren<QLineEdit *>())
            if (one->accessibleName() == QString::fromLatin1(name))
                return one;
        return nullptr;
    }
    void type(const char *name, const char *text)
    {
        QLineEdit *at = line(name);
        at->clear();
        QTest::keyClicks(at, QString::fromLatin1(text));
    }
};

} // namespace

class PreferencesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void whatIsRightIsSavedWithEnter()
    {
        Kept kept;
        kept.type("Quiet hours", "22:00-07:00");
        QCOMPARE(kept.edits, 0); // not while one types
        QTest::keyClick(kept.line("Quiet hours"), Qt::Key_Return);
        QCOMPARE(kept.settings.quiet.text(), std::string("22:00-07:00"));
        kept.type("Cache cap", "5 GiB");
        QTest::keyClick(kept.line("Cache cap"), Qt::Key_Return);
        QCOMPARE(kept.settings.cacheCapBytes, std::int64_t{5} << 30);
        kept.type("Requests/min", "120");
        QTest::keyClick(kept.line("Requests/min"), Qt::Key_Return);
        QCOMPARE(kept.settings.requestsPerMinute, 120);
        kept.type("Language", "de-CH");
        QTest::keyClick(kept.line("Language"), Qt::Key_Return);
        QCOMPARE(kept.settings.language, std::string("de-CH"));
        QCOMPARE(kept.edits, 4);
        QTest::keyClick(kept.line("Requests/min"), Qt::Key_Return);
        QCOMPARE(kept.edits, 4); // nothing was changed
    }

    void anEmptyFieldIsTheDefault()
    {
        Kept kept;
        kept.settings.requestsPerMinute = 120;
        kept.settings.quiet = {60, 120};
        kept.form.setSettings(kept.settings);
        QCOMPARE(kept.line("Requests/min")->text(), QStringLiteral("120"));
        for (const char *name : {"Requests/min", "Quiet hours", "Cache cap", "Language"}) {
            kept.line(name)->clear();
            QTest::keyClick(kept.line(name), Qt::Key_Return);
        }
        QVERIFY(kept.settings == profile::Settings());
        QCOMPARE(kept.line("Cache cap")->text(), QStringLiteral("2 GiB"));
    }

    void whatIsWrongSaysWhyAndIsNotSaved_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("hours") << QByteArray("Quiet hours") << QByteArray("22:00") << QByteArray("22:00-06:30");
        QTest::newRow("cap") << QByteArray("Cache cap") << QByteArray("5") << QByteArray("at least 1 MiB");
        QTest::newRow("language") << QByteArray("Language") << QByteArray("Klingon!") << QByteArray("de-CH");
        QTest::newRow("budget") << QByteArray("Requests/min") << QByteArray("many") << QByteArray("a number");
    }
    void whatIsWrongSaysWhyAndIsNotSaved()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        Kept kept;
        kept.type(name.constData(), text.constData());
        QLineEdit *line = kept.line(name.constData());
        QVERIFY2(line->accessibleDescription().contains(QString::fromLatin1(says)),
                 qPrintable(line->accessibleDescription()));
        QVERIFY(line->accessibleDescription().startsWith(QStringLiteral("Not saved")));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(kept.edits, 0);
    }

    void notificationsAreSavedAtOnce()
    {
        Kept kept;
        auto *wish = kept.form.findChild<QComboBox *>();
        QCOMPARE(wish->currentData().toString(), QStringLiteral("critical"));
        QTest::keyClick(wish, Qt::Key_Down);
        QCOMPARE(kept.settings.notifications, std::string("all"));
    }

    void itSaysWhatTheCacheHoldsAndWhetherTheDesktopListens()
    {
        Kept kept;
        QVERIFY(kept.line("Cache cap")->accessibleDescription().contains(text::bytes(41'000'000)));
        kept.desk.takes = false;
        kept.form.refresh();
        QVERIFY(kept.line("Cache cap")->accessibleDescription().contains(text::bytes(52'000'000)));
        QVERIFY(kept.form.findChild<QComboBox *>()->accessibleDescription().contains(
            QStringLiteral("This desktop takes none")));
    }

    void zoomIsKeptWhenItIsAPercentage()
    {
        Kept kept;
        kept.type("Zoom, %", "250");
        QTest::keyClick(kept.line("Zoom, %"), Qt::Key_Return);
        QCOMPARE(kept.settings.zoom, 100);
        kept.type("Zoom, %", "150");
        QTest::keyClick(kept.line("Zoom, %"), Qt::Key_Return);
        QCOMPARE(kept.settings.zoom, 150);
    }
};

ANDON_SUITE(PreferencesTest)
#include "preferences_test.moc"
