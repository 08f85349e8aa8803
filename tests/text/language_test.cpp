#include "tests/support/suite.h"
#include "text/language.h"
#include "text/sourcetext.h"
#include "text/times.h"
#include "text/units.h"

#include <QCoreApplication>
#include <QTranslator>

using namespace andon;

namespace
{

QString said(const char *tag, const char *source, int n = -1)
{
    return text::translatorOf(text::languageFor(QString::fromLatin1(tag)))->translate("any", source, nullptr, n);
}

} // namespace

class LanguageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { text::speak(*QCoreApplication::instance(), {.code = QStringLiteral("en")}); }

    void englishHasItsPlurals()
    {
        text::speak(*QCoreApplication::instance(), text::languageFor(QStringLiteral("en")));
        QCOMPARE(text::sourceFound("models", 1), QStringLiteral("1 model"));
        QCOMPARE(text::sourceFound("models", 0), QStringLiteral("0 models"));
        QCOMPARE(text::sourceFound("repositories", 2), QStringLiteral("2 repositories"));
    }

    void aLanguageWithoutACatalogueIsEnglishWithItsFormats()
    {
        QCOMPARE(text::languages(), QStringList{QStringLiteral("en")});
        const text::Language german = text::languageFor(QStringLiteral("de-DE"));
        QCOMPARE(german.code, QStringLiteral("en"));
        text::speak(*QCoreApplication::instance(), german);
        QCOMPARE(text::number(1284.5, 2), QStringLiteral("1\u202f284,50"));
        QCOMPARE(text::compact(3.1e6), QStringLiteral("3,10\u00a0M"));
        QCOMPARE(text::duration(1500), QStringLiteral("1,5 s"));
        QCOMPARE(text::dateTime(core::Instant::fromSeconds(60)), QStringLiteral("1970-01-01 00:01 UTC"));
        text::speak(*QCoreApplication::instance(), text::languageFor(QStringLiteral("en-GB")));
        QCOMPARE(text::number(1284.5, 2), QStringLiteral("1\u202f284.50"));
    }

    void marksWhatIsTranslatedAndNothingElse()
    {
        QCOMPARE(said("en-XA", "Cost of %1"), QStringLiteral("[Çöšt öf %1~~]"));
        QCOMPARE(said("en-XA", "<b>Stale</b> &amp; &old"), QStringLiteral("[<b>Štâlé</b> &amp; &öld~~]"));
        QCOMPARE(said("en-XA", "%L2 to %n"), QStringLiteral("[%L2 tö %n]"));
        QCOMPARE(said("en-XA", "—"), QStringLiteral("—"));
        QCOMPARE(said("en-XA", "%n node(s)", 1), QStringLiteral("[%n ñödé~]")); // the plural first, then the marks
    }

    void onlyOneReadsFromTheRight()
    {
        QCOMPARE(text::languageFor(QStringLiteral("ar-XB")).direction, Qt::RightToLeft);
        QCOMPARE(text::languageFor(QStringLiteral("en-XA")).direction, Qt::LeftToRight);
        QCOMPARE(text::languageFor(QStringLiteral("he")).direction, Qt::LeftToRight); // it is shown in English
    }

    void aLaterLanguageReplacesTheFormer()
    {
        auto &app = *QCoreApplication::instance();
        text::speak(app, text::languageFor(QStringLiteral("en-XA")));
        QVERIFY(text::sourceFound("models", 2).startsWith(u'['));
        text::speak(app, text::languageFor(QStringLiteral("en")));
        QCOMPARE(text::sourceFound("models", 2), QStringLiteral("2 models"));
        QCOMPARE(app.findChildren<QTranslator *>().size(), 1);
    }
};

ANDON_SUITE(LanguageTest)
#include "language_test.moc"
