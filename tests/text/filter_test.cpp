#include "tests/support/suite.h"
#include "text/filter.h"
#include "text/filtervalues.h"

#include <QDateTime>
#include <QFile>
#include <QRandomGenerator>

using namespace andon;
using text::FieldKind;
using text::Filter;
using text::FilterFault;
using text::FilterGrammar;
using text::FilterTest;
using Op = FilterTest::Op;

namespace
{

const core::Instant kNow{QDateTime(QDate(2026, 11, 24), QTime(10, 20, 30), QTimeZone::utc()).toMSecsSinceEpoch()};

QString s(const char *words)
{
    return QString::fromUtf8(words);
}

FilterGrammar grammar()
{
    return {.fields = {{.name = s("message")},
                       {.name = s("branch"), .values = {s("main"), s("ingest-42"), s("two words")}},
                       {.name = s("time"), .kind = FieldKind::Time},
                       {.name = s("gate"), .kind = FieldKind::Choice, .values = {s("ok"), s("failed"), s("skipped")}},
                       {.name = s("latency"), .kind = FieldKind::Number, .unit = s("ms")},
                       {.name = s("size"), .kind = FieldKind::Number, .unit = s("GB")},
                       {.name = s("busy"), .kind = FieldKind::Number, .unit = s("%")},
                       {.name = s("runs"), .kind = FieldKind::Number}},
            .now = kNow};
}

double ms(int year, int month, int day, int hour = 0, int minute = 0)
{
    return static_cast<double>(
        QDateTime(QDate(year, month, day), QTime(hour, minute), QTimeZone::utc()).toMSecsSinceEpoch());
}

text::FilterTest only(const char *words)
{
    const auto parsed = text::parseFilter(s(words), grammar());
    if (parsed.problem || parsed.filter.terms.size() != 1 || parsed.filter.terms[0].tests.size() != 1)
        qWarning("\"%s\" is no single test", words);
    return parsed.filter.terms.empty() ? FilterTest{} : parsed.filter.terms[0].tests[0];
}

/// Words at random, most of them nearly a filter.
QString anyWords(QRandomGenerator &random)
{
    static const QStringList kParts{s("a"),      s("-"),      s(" "),     s("\""),       s(":"),         s("branch:"),
                                    s("runs:"),  s("time:"),  s(">"),     s("<="),       s(".."),        s("5"),
                                    s("12%"),    s("now-7d"), s("/"),     s("x.*y"),     s("\\"),        s(","),
                                    s("gate:"),  s("failed"), s("size:"), s("3GB"),      s("*"),         s("="),
                                    s("Zürich"), s("i"),      s("("),     s("message:"), s("2026-11-20")};
    QString words;
    for (int n = random.bounded(1, 12); n > 0; --n)
        words += kParts[random.bounded(static_cast<int>(kParts.size()))];
    return words;
}

QString anyText(QRandomGenerator &random)
{
    static const QString kSigns = s("ab1-\"\\/:,.*=<> ()'ßé");
    QString out;
    for (int n = random.bounded(1, 8); n > 0; --n)
        out += kSigns[random.bounded(static_cast<int>(kSigns.size()))];
    return out;
}

} // namespace

class FilterGrammarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void terms()
    {
        const auto parsed =
            text::parseFilter(s("ingest \"two words\" -wip branch:main,\"a b\" -message:/x y/i"), grammar());
        QVERIFY(!parsed.problem);
        const auto &terms = parsed.filter.terms;
        QCOMPARE(terms.size(), std::size_t(5));
        QCOMPARE(terms[0].tests[0].words, s("ingest"));
        QCOMPARE(terms[1].tests[0].words, s("two words"));
        QVERIFY(terms[2].negated && terms[2].field.isEmpty());
        QCOMPARE(terms[3].field, s("branch"));
        QCOMPARE(terms[3].tests.size(), std::size_t(2));
        QCOMPARE(terms[3].tests[1].words, s("a b"));
        QVERIFY(terms[4].negated && terms[4].tests[0].caseless);
        QCOMPARE(terms[4].tests[0].words, s("x y"));
        QVERIFY(only("MESSAGE:a").op == Op::Contains); // names in capitals too
    }

    void wordsThatOnlyLookLikeMore()
    {
        for (const char *words : {"10:14", "/data/raw", "/data", "a,b", ">5", "C++", "x-y", "a\"b"}) {
            const FilterTest test = only(words);
            QVERIFY2(test.op == Op::Contains && test.words == s(words), words);
        }
        QVERIFY(text::parseFilter(s(" - "), grammar()).filter.empty());
    }

    void numbers()
    {
        QCOMPARE(only("latency:>=5").low, 5.0);
        QCOMPARE(only("latency:>=5s").low, 5000.0);
        QCOMPARE(only("latency:>2h").words, s("2h"));
        QVERIFY(only("runs:>5").low > 5 && only("runs:>5").low < 5.0000001);
        QVERIFY(only("runs:<5").high < 5);
        QCOMPARE(only("size:<=500MB").high, 0.5);
        QCOMPARE(only("busy:>=12%").low, only("busy:>=12").low);
        QCOMPARE(only("runs:>=12k").low, 12000.0);
        QCOMPARE(only("runs:=5").low, only("runs:=5").high);
        const FilterTest range = only("latency:1..5s");
        QCOMPARE(range.low, 1.0);
        QCOMPARE(range.high, 5000.0);
        QVERIFY(std::isinf(only("runs:5..").high));
        QVERIFY(std::isinf(only("runs:..5").low));
        // What is shown as 62 % is found by 62.
        const FilterTest shown = only("busy:62");
        QVERIFY(shown.low <= 61.7 && shown.high >= 62.4 && shown.high < 62.5);
    }

    void times()
    {
        QCOMPARE(only("time:>=now-7d").low, static_cast<double>((kNow - 7 * core::kDay).ms));
        QCOMPARE(only("time:2026-11-20").low, ms(2026, 11, 20));
        QCOMPARE(only("time:2026-11-20").high, ms(2026, 11, 21) - 1);
        QCOMPARE(only("time:>2026-11-20").low, ms(2026, 11, 21));
        QCOMPARE(only("time:<2026-11-20").high, ms(2026, 11, 20) - 1);
        QCOMPARE(only("time:2026-11-01..2026-11-20").high, ms(2026, 11, 21) - 1);
        QCOMPARE(only("time:2026-11-20T08:15").high, ms(2026, 11, 20, 8, 16) - 1);
        QCOMPARE(only("time:now/d").low, ms(2026, 11, 24));
        QCOMPARE(only("time:\"2026-11-20 08:15\"").low, ms(2026, 11, 20, 8, 15));
    }

    void faults_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("instead");
        QTest::addColumn<bool>("unfinished");
        const auto row = [](const char *words, FilterFault fault, const char *where, const char *instead,
                            bool unfinished = false) {
            QTest::newRow(words) << s(words) << static_cast<int>(fault) << s(where) << s(instead) << unfinished;
        };
        row("x brnch:main y", FilterFault::UnknownField, "brnch", "branch");
        row("-mesage:x", FilterFault::UnknownField, "mesage", "message");
        row("zzzzzz:x", FilterFault::UnknownField, "zzzzzz", "");
        row("branch:", FilterFault::NoValue, "branch:", "", true);
        row("branch: x", FilterFault::NoValue, "branch:", "");
        row("runs:many", FilterFault::NoNumber, "many", "");
        row("runs:1..x y", FilterFault::NoNumber, "1..x", "");
        row("latency:5GB", FilterFault::WrongUnit, "5GB", "", true);
        row("runs:5..1 x", FilterFault::BackwardRange, "5..1", "1..5");
        row("time:yesterdy x", FilterFault::NoTime, "yesterdy", "");
        row("time:now-7d x", FilterFault::NoTime, "now-7d", ">now-7d");
        row("gate:faild x", FilterFault::NoSuchValue, "faild", "failed");
        row("gate:fai", FilterFault::NoSuchValue, "fai", "failed", true);
        row("a /x(/ b", FilterFault::BadExpression, "/x(/", "");
        row("message:\"open", FilterFault::OpenQuote, "\"open", "\"open\"", true);
        row("/a.*b", FilterFault::OpenExpression, "/a.*b", "/a.*b/", true);
        row("\"a\"b", FilterFault::AfterQuote, "\"a\"b", "");
        row("message:>5", FilterFault::NoOrder, "5", "");
    }
    void faults()
    {
        QFETCH(QString, words);
        QFETCH(int, fault);
        QFETCH(QString, where);
        QFETCH(QString, instead);
        QFETCH(bool, unfinished);
        const auto parsed = text::parseFilter(words, grammar());
        QVERIFY(parsed.problem);
        QCOMPARE(static_cast<int>(parsed.problem->fault), fault);
        QCOMPARE(words.mid(parsed.problem->start, parsed.problem->length), where);
        QCOMPARE(parsed.problem->instead, instead);
        if (unfinished)
            QVERIFY(parsed.problem->unfinished);
        QVERIFY(parsed.problem->sentence.endsWith(u'.') || parsed.problem->sentence.endsWith(u'?'));
        QVERIFY(!text::filterOf(words, grammar()));
    }

    void whatIsRightStillFilters()
    {
        const auto parsed = text::parseFilter(s("a nope:b -c"), grammar());
        QCOMPARE(text::toWords(parsed.filter), s("a -c"));
        QCOMPARE(text::toWords(text::parseFilter(s("main branch:"), grammar()).filter), s("main"));
    }

    void spansCoverWhatTheySay()
    {
        const QString words = s("-branch:main,\"a b\" runs:1..5 xx:y");
        QStringList shown;
        for (const text::FilterSpan &span : text::parseFilter(words, grammar()).spans)
            shown << QString::number(static_cast<int>(span.kind)) + words.mid(span.start, span.length);
        QCOMPARE(shown.join(u' '), s("2- 1branch 2: 3main 2, 3\"a b\" 1runs 2: 31 2.. 35 5xx"));
    }

    void wordsOfAFilterParseToIt()
    {
        QRandomGenerator random(20261124);
        int right = 0;
        for (int i = 0; i < 20'000; ++i) {
            const QString words = anyWords(random);
            const auto parsed = text::parseFilter(words, grammar());
            int end = 0;
            for (const text::FilterSpan &span : parsed.spans) { // ascending, inside, without overlap
                QVERIFY2(span.start >= end && span.length > 0, qPrintable(words));
                end = span.start + span.length;
            }
            QVERIFY2(end <= words.size(), qPrintable(words));
            const QString again = text::toWords(parsed.filter);
            const auto second = text::parseFilter(again, grammar());
            QVERIFY2(!second.problem, qPrintable(words + s("  →  ") + again));
            QVERIFY2(second.filter == parsed.filter, qPrintable(words + s("  →  ") + again));
            right += parsed.problem ? 0 : 1;
        }
        QVERIFY(right > 2000); // the words were not all nonsense
    }

    void anyTextCanBeLookedFor()
    {
        QRandomGenerator random(7);
        for (int i = 0; i < 20'000; ++i) {
            Filter filter;
            for (int n = random.bounded(1, 4); n > 0; --n)
                filter.terms.push_back({.field = random.bounded(2) ? s("message") : QString(),
                                        .negated = random.bounded(2) == 1,
                                        .tests = {{.op = Op::Contains, .words = anyText(random)}}});
            const auto parsed = text::parseFilter(text::toWords(filter), grammar());
            QVERIFY2(parsed.filter == filter && !parsed.problem, qPrintable(text::toWords(filter)));
        }
    }

    void completes()
    {
        const auto at = [](const char *words, int cursor = -1) {
            const QString text = s(words);
            return text::completeFilter(text, cursor < 0 ? static_cast<int>(text.size()) : cursor, grammar());
        };
        QCOMPARE(at("").words.size(), qsizetype(8));
        QCOMPARE(at("br").words, QStringList{s("branch:")});
        QCOMPARE(at("x -b").words, (QStringList{s("branch:"), s("busy:")}));
        QCOMPARE(at("x -b").start, 3);
        QCOMPARE(at("branch:").words, (QStringList{s("main"), s("ingest-42"), s("\"two words\""), s("*")}));
        QCOMPARE(at("branch:main,t").words, (QStringList{s("\"two words\""), s("ingest-42")}));
        QCOMPARE(at("branch:main,t").start, 12);
        QCOMPARE(at("gate:f").words, QStringList{s("failed")});
        QVERIFY(at("gate:failed").words.isEmpty());
        QCOMPARE(at("br x", 2).length, 2);
        QVERIFY(at("time:>now").words.contains(s(">now-7d")));
        QVERIFY(at("nope:x").words.isEmpty());
    }

    void readsWhatCellsShow()
    {
        const auto shown = [](const char *cell, const char *unit) {
            return text::shownNumber(s(cell), s(unit)).value_or(-999);
        };
        QCOMPARE(shown("3.10 GB", "B"), 3.1e9);
        QCOMPARE(shown("1\u202f284", ""), 1284.0);
        QCOMPARE(shown("\u22124 %", "%"), -4.0);
        QCOMPARE(shown("1 h 20 min", "h"), 1 + 20.0 / 60);
        QCOMPARE(shown("$0.42", ""), 0.42);
        QCOMPARE(shown("EUR 1\u202f284.50", ""), 1284.5);
        QCOMPARE(shown("12.4 k", ""), 12400.0);
        QCOMPARE(shown("51.4 k/s", "/s"), 51400.0);
        QCOMPARE(shown("936 MB/s", "GB/s"), 0.936);
        QVERIFY(!text::shownNumber(s("—"), {}));
        QVERIFY(!text::shownNumber(s("none"), {}));
        QVERIFY(!text::shownNumber(s("5 GB"), s("ms")));
    }

    void theHandbookSaysTheSame()
    {
        QFile file(QStringLiteral(ANDON_SOURCE_DIR "/README.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QString indented = text::filterHelp();
        indented.prepend(s("    ")).replace(s("\n"), s("\n    "));
        QVERIFY(QString::fromUtf8(file.readAll()).contains(indented));
    }

    void helpNamesTheFields()
    {
        QVERIFY(text::filterHelp().contains(s("field:a,b")));
        QVERIFY(text::filterHelp(grammar().fields).endsWith(s("busy, runs")));
    }
};

ANDON_SUITE(FilterGrammarTest)
#include "filter_test.moc"
