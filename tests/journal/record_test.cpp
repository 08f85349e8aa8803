#include "journal/file.h"
#include "journal/record.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::journal;

class RecordTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void writesCanonicalText()
    {
        const Value value(Fields{{"b", List{1, -2, true, false, nullptr, "x"}},
                                 {"a_1", Fields{{"z", ""}, {"y", std::int64_t(9007199254740991)}}},
                                 {"c", std::string("\"\\\b\f\n\r\t\x01\x1f/é€😀\x7f")},
                                 {"nul", std::string("a\0b", 3)}});
        const auto text = canonical(value);
        ANDON_VERIFY_RESULT(text);
        QCOMPARE(QString::fromStdString(*text),
                 QString::fromUtf8("{\"a_1\":{\"y\":9007199254740991,\"z\":\"\"},\"b\":[1,-2,true,false,null,\"x\"],"
                                   "\"c\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f/é€😀\x7f\",\"nul\":\"a\\u0000b\"}"));
        const auto back = parseCanonical(*text);
        ANDON_VERIFY_RESULT(back);
        QCOMPARE(*canonical(*back), *text);
        QVERIFY(*back->find("b") == *value.find("b"));
        QVERIFY(!value.find("d"));
    }

    void refusesWhatLeavesTheProfile_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("$: a key") << 0;
        QTest::newRow("$.n: an integer beyond") << 1;
        QTest::newRow("$.n: an integer beyond ") << 2;
        QTest::newRow("$.s: not UTF-8") << 3;
        QTest::newRow("$.a: is there twice") << 4;
        QTest::newRow("$.o.prev: a reserved") << 5;
        QTest::newRow("$.o[0].seq: a reserved") << 6;
        QTest::newRow("$: a key ") << 7;
    }
    void refusesWhatLeavesTheProfile()
    {
        QFETCH(int, which);
        const Value bad[] = {Fields{{"Upper", 1}},
                             Fields{{"n", std::int64_t(1) << 53}},
                             Fields{{"n", -(std::int64_t(1) << 53)}},
                             Fields{{"s", "\xc0\x80"}},
                             Fields{{"a", 1}, {"a", 2}},
                             Fields{{"o", Fields{{"prev", "x"}}}},
                             Fields{{"o", List{Fields{{"seq", 1}}}}},
                             Fields{{"", 1}}};
        const auto text = canonical(bad[which]);
        QVERIFY(!text);
        QCOMPARE(text.error().kind, core::ErrorKind::Invalid);
        const std::string words = QByteArray(QTest::currentDataTag()).trimmed().toStdString();
        QVERIFY2(text.error().detail.starts_with(words), text.error().detail.c_str());
    }

    void refusesDeepNesting()
    {
        Value value(1);
        for (int i = 0; i < 20; ++i)
            value = Value(List{std::move(value)});
        QVERIFY(!canonical(value));
        QVERIFY(!parseCanonical(std::string(100000, '[')));
    }

    void readsOnlyWhatItWouldWrite_data()
    {
        QTest::addColumn<bool>("ok");
        for (const char *good :
             {"{}", "[]", "{\"a\":1}", "\"\\u0001\"", "-5", "null", "{\"a\":{\"b\":[]},\"c\":\"é\"}"})
            QTest::newRow(good) << true;
        for (const char *bad : {"",
                                " {}",
                                "{} ",
                                "{\"b\":1,\"a\":2}",
                                "{\"a\":1,}",
                                "[1,]",
                                "[,1]",
                                "{\"a\" :1}",
                                "1.0",
                                "1e3",
                                "01",
                                "-0",
                                "+1",
                                "\"\\u0041\"",
                                "\"\\/\"",
                                "\"\\u00e9\"",
                                "\"\\u0009\"",
                                "{\"a\":1,\"a\":1}",
                                "\"\n\"",
                                "{\"a\":",
                                "\"",
                                "\"\\",
                                "tru",
                                "{}{}",
                                "9007199254740992",
                                "{\"A\":1}",
                                "\"\\u001F\"",
                                "nul",
                                "[1 ,2]",
                                "99999999999999999999"})
            QTest::newRow(bad) << false;
    }
    void readsOnlyWhatItWouldWrite()
    {
        QFETCH(bool, ok);
        QCOMPARE(parseCanonical(QTest::currentDataTag()).has_value(), ok);
    }

    void writesTimes()
    {
        QCOMPARE(timeText({1795237260412}), std::string("2026-11-21T05:01:00.412Z"));
        QCOMPARE(parseTime("2026-11-21T05:01:00.412Z")->ms, 1795237260412LL);
        QCOMPARE(timeText({-1}), std::string("1969-12-31T23:59:59.999Z"));
        QCOMPARE(parseTime("1969-12-31T23:59:59.999Z")->ms, -1LL);
        for (const char *bad : {"", "2026-11-21T05:01:00Z", "2026-13-21T05:01:00.412Z", "2026-11-21T25:01:00.412Z",
                                "2026-11-21T05:61:00.412Z", "2026-11-21 05:01:00.412Z", "2026-11-21T05:01:00.412Zx",
                                "2026-11-21T+5:01:00.412Z"})
            QVERIFY2(!parseTime(bad), bad);
    }

    void namesPhases()
    {
        for (const Phase phase :
             {Phase::Genesis, Phase::Intent, Phase::Result, Phase::Resolved, Phase::Observed, Phase::Note,
              Phase::Signoff, Phase::Export, Phase::Recovered, Phase::KeyChange, Phase::ClockJump})
            QVERIFY(phaseOf(name(phase)) == phase);
        QVERIFY(!phaseOf("other"));
        QCOMPARE(name(Phase::KeyChange), std::string_view("key_change"));
    }

    void hashes() // FIPS 180-4 examples
    {
        QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }
};

ANDON_SUITE(RecordTest)
#include "record_test.moc"
