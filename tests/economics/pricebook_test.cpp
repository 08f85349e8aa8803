#include "economics/pricebook.h"
#include "tests/support/suite.h"

#include <QFile>

using namespace andon;
using namespace andon::economics;

class PriceBookTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void readsEveryKey()
    {
        const auto book = parsePriceBook("currency: EUR\n"
                                         "gpu_hour:\n"
                                         "  - price: 2.40\n"
                                         "  - {from: 2026-11-17, price: '2.50'}\n"
                                         "models:\n"
                                         "  - {match: chat-*@6, input_per_mtok: 0.000001, output_per_mtok: 3}\n"
                                         "  - {match: chat-*, input_per_mtok: 0.25}\n"
                                         "shared_per_day: 240.123456\n"
                                         "paid_share: 0.85\n"
                                         "targets: {cost_per_mtok: 0.17, revenue_per_mtok: 0.38, gross_margin: 0.55,\n"
                                         "          utilisation: 1, time_to_monetization_days: 21}\n"
                                         "budget: 15000\n"
                                         "owners: {gross_margin: Platform finance, utilisation: Operations}\n"
                                         "quota_gpus: 4096\n"
                                         "releases:\n"
                                         "  - {name: C, gpus: 64, ordered: 2026-02-01, delivered: 2026-03-02,\n"
                                         "     energised: '2026-03-16T05:00:30Z', first_paid: 2026-04-10}\n",
                                         "p.yaml");
        ANDON_VERIFY_RESULT(book);
        QCOMPARE(book->currency.code, std::string("EUR"));
        QCOMPARE(book->gpuHour.size(), std::size_t(2));
        QCOMPARE(book->gpuHour[1].perHour.pico, 2500000000000LL);
        QCOMPARE(book->gpuHour[1].perHour.currency.code, std::string("EUR"));
        QCOMPARE(book->gpuHour[1].from.ms, 1794873600000LL);
        QCOMPARE(book->models[0].inputPerMtok.pico, 1000000LL);
        QCOMPARE(book->sharedPerDay->micro, 240123456LL);
        QCOMPARE(*book->paidSharePpm, 850000LL);
        QCOMPARE(*book->targets.utilisation, 1.0);
        QCOMPARE(*book->targets.timeToMonetizationDays, 21.0);
        QCOMPARE(book->budgetPerDay->micro, 15000000000LL);
        QCOMPARE(*book->quotaGpus, 4096);
        QCOMPARE(book->owners.size(), std::size_t(2));
        QCOMPARE(book->owners.at("gross_margin"), std::string("Platform finance"));
        QCOMPARE(book->releases[0].energised.ms, 1773637230000LL);
        QVERIFY(!book->releases[0].busy.known());
    }

    void findsPrices()
    {
        const auto book =
            parsePriceBook("currency: USD\n"
                           "gpu_hour: [{from: 2026-01-01, price: 2}, {from: 2026-02-01, price: 3}]\n"
                           "models: [{match: 'a*c@1', input_per_mtok: 1}, {match: a*, input_per_mtok: 2}]\n",
                           "p");
        ANDON_VERIFY_RESULT(book);
        const Instant january{1767225600000}, february{1769904000000};
        QVERIFY(!book->gpuHourAt(january - 1));
        QCOMPARE(book->gpuHourAt(january)->pico, 2000000000000LL);
        QCOMPARE(book->gpuHourAt(february - 1)->pico, 2000000000000LL);
        QCOMPARE(book->gpuHourAt(february)->pico, 3000000000000LL);
        const auto cut = book->stretches({january, february + 10});
        QCOMPARE(cut, (std::vector<core::TimeRange>{{january, february}, {february, february + 10}}));
        QCOMPARE(book->stretches({february, february + 10}).size(), std::size_t(1));
        const auto of = [&](const char *model, const char *version) {
            const ModelPrice *price = book->priceOf(core::ModelName(model), core::ModelVersionNumber(version));
            return price ? price->inputPerMtok.pico / 1000000000000LL : 0;
        };
        QCOMPARE(of("abbc", "1"), 1LL);
        QCOMPARE(of("abbc", "2"), 2LL);
        QCOMPARE(of("ac", "1"), 1LL);
        QCOMPARE(of("xac", "1"), 0LL);
    }

    void saysWhereAMistakeIs_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const char *yaml, int line, const char *words) {
            QTest::newRow(name) << QString::fromUtf8(yaml) << line << QString::fromUtf8(words);
        };
        row("no currency", "budget: 1\n", 1, "currency is missing");
        row("lower case", "currency: usd\n", 1, "three capital letters");
        row("unknown key", "currency: USD\nbugdet: 1\n", 2, "unknown key bugdet");
        row("twice", "currency: USD\nbudget: 1\nbudget: 2\n", 3, "twice");
        row("exponent", "currency: USD\ngpu_hour:\n  - price: 2e3\n", 3, "an amount such as 2.50");
        row("negative", "currency: USD\ngpu_hour:\n  - price: -2\n", 3, "an amount");
        row("comma", "currency: USD\nshared_per_day: '2,5'\n", 2, "an amount");
        row("seven decimals", "currency: USD\nshared_per_day: 0.0000001\n", 2, "at most six decimals");
        row("share above 1", "currency: USD\npaid_share: 1.01\n", 2, "a share from 0 to 1");
        row("no price", "currency: USD\ngpu_hour:\n  - from: 2026-01-01\n", 3, "price is missing");
        row("not in order",
            "currency: USD\ngpu_hour:\n  - {from: 2026-02-01, price: 1}\n  - {from: 2026-01-01, price: 1}\n", 4,
            "begin after");
        row("no such day", "currency: USD\nreleases:\n  - {name: A, ordered: 2026-02-30}\n", 3, "a date such as");
        row("time without zone", "currency: USD\nreleases:\n  - {name: A, ordered: '2026-02-03T05:00:00'}\n", 3,
            "a date");
        row("milestones", "currency: USD\nreleases:\n  - {name: A, ordered: 2026-02-03, first_paid: 2026-02-02}\n", 3,
            "not in order");
        row("no name", "currency: USD\nreleases:\n  - {gpus: 1}\n", 3, "name is missing");
        row("text as count", "currency: USD\nquota_gpus: many\n", 2, "a whole number");
        row("owner of nothing", "currency: USD\nowners:\n  happiness: me\n", 3, "unknown key happiness");
        row("list as map", "currency: USD\ntargets:\n  - a\n", 3, "keys with values");
        row("map as list", "currency: USD\nmodels:\n  match: a\n", 3, "a list was expected");
        row("no match", "currency: USD\nmodels:\n  - {input_per_mtok: 1}\n", 3, "match is missing");
        row("not yaml", "currency: USD\nmodels: [\n", 3, "");
        row("a word", "hello\n", 1, "currency is missing");
        row("empty", "", 1, "currency is missing");
    }
    void saysWhereAMistakeIs()
    {
        QFETCH(QString, yaml);
        QFETCH(int, line);
        QFETCH(QString, words);
        const auto book = parsePriceBook(yaml.toStdString(), "site/pricebook.yaml");
        QVERIFY(!book);
        QCOMPARE(book.error().kind, core::ErrorKind::Invalid);
        QCOMPARE(QString::fromStdString(book.error().where), QStringLiteral("site/pricebook.yaml:%1").arg(line));
        QVERIFY2(book.error().detail.find(words.toStdString()) != std::string::npos, book.error().detail.c_str());
    }

    void refusesAHugeFile() { QVERIFY(!parsePriceBook(std::string(2 << 20, '#'), "p")); }

    void readsTheDemosOwn()
    {
        QFile file(QStringLiteral(ANDON_SOURCE_DIR "/resources/demo/pricebook.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto book = parsePriceBook(file.readAll().toStdString(), "pricebook.yaml");
        ANDON_VERIFY_RESULT(book);
        for (const char *model : {"fraud-llm", "chat-large", "chat-small", "risk-scorer", "doc-embedder", "vision-qa",
                                  "code-assist", "speech-to-text", "route-planner"})
            QVERIFY2(book->priceOf(core::ModelName(model), {}), model);
        QCOMPARE(book->releases.size(), std::size_t(3));
    }
};

ANDON_SUITE(PriceBookTest)
#include "pricebook_test.moc"
