// The footer of a Parquet file: one that Arrow wrote, some written by hand, and whatever bytes a stranger may send.
#include "tests/support/suite.h"
#include "tests/versions/thriftbytes.h"
#include "versions/parquetfooter.h"

#include <QElapsedTimer>
#include <QFile>

using namespace andon;
using test::Thrift;
using versions::ParquetField;
using versions::ParquetFooter;
namespace hint = versions::parquethint;

namespace
{

std::string little(std::int64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
    return text;
}

/// A footer with one column, as its tests need it.
struct Made {
    Thrift element = Thrift().i32(1, 2).i32(3, 1).text(4, "x"); ///< an int64 that may be null
    int physical = 2;
    std::vector<Thrift> statistics = {Thrift()};
    bool ordered = true;
    std::int64_t values = 10; ///< per row group

    [[nodiscard]] std::string bytes() const
    {
        std::string groups;
        for (const Thrift &one : statistics)
            groups += Thrift()
                          .list(1,
                                Thrift()
                                    .i64(2, 4)
                                    .inner(3,
                                           Thrift()
                                               .i32(1, physical)
                                               .i32(4, 6)
                                               .i64(5, values)
                                               .i64(6, 300)
                                               .i64(7, 100)
                                               .inner(12, one))
                                    .done(),
                                1)
                          .i64(2, 300)
                          .i64(3, values)
                          .done();
        Thrift file;
        file.i32(1, 2)
            .list(2, Thrift().text(4, "schema").i32(5, 1).done() + element.done(), 2)
            .i64(3, values * static_cast<std::int64_t>(statistics.size()))
            .list(4, groups, statistics.size());
        if (ordered)
            file.list(7, Thrift().inner(1, Thrift()).done(), 1);
        return test::parquetEnd(file.done());
    }
    [[nodiscard]] ParquetField field() const
    {
        const auto footer = versions::decodeParquetFooter(bytes());
        return footer && footer->fields.size() == 1 ? footer->fields.front() : ParquetField{.path = "(no footer)"};
    }
};

Thrift bounds(const std::string &least, const std::string &greatest)
{
    return Thrift().i64(3, 1).text(5, greatest).text(6, least);
}

std::string recorded()
{
    QFile file(QStringLiteral(ANDON_SOURCE_DIR "/tests/versions/golden/pyarrow.footer"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// "amount decimal(12,2) 0/40 -50.00..-40.25".
std::string line(const ParquetField &field)
{
    const auto number = [](const auto &value) { return value ? std::to_string(*value) : std::string("?"); };
    return field.path + " " + field.type + " " + number(field.nulls) + "/" + number(field.count) + " "
        + field.least.value_or("?") + ".." + field.greatest.value_or("?");
}

} // namespace

class ParquetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void readsWhatArrowWrote()
    {
        const auto footer = versions::decodeParquetFooter(recorded());
        ANDON_VERIFY_RESULT(footer);
        QCOMPARE(footer->rows, 40LL);
        QCOMPARE(footer->rowGroups, 2LL);
        QCOMPARE(footer->codec, std::string("zstd"));
        QVERIFY(footer->createdBy.starts_with("parquet-cpp-arrow version"));
        QVERIFY(footer->compressed.value_or(0) > 0 && footer->uncompressed.value_or(0) > 0);
        std::vector<std::string> lines;
        for (const ParquetField &field : footer->fields)
            lines.push_back(line(field));
        const std::vector<std::string> expected = {
            "claim_id int64 0/40 1..40",
            "partner uint8 10/40 0..16",
            "amount decimal(12,2) 0/40 -50.00..-40.25",
            "big decimal(30,3) 0/40 0.000..3900000000000000000000.000",
            "name string 0/40 Zoë 0000..Zoë 0039",
            "raw binary 0/40 ?..?", // no text
            "day date 0/40 2026-10-01..2026-10-31",
            "at timestamp µs 0/40 2026-10-01 12:00:00..2026-10-01 12:00:39",
            "wall timestamp ms local 0/40 1969-12-31 23:59:59.5..1970-01-01 00:00:38.5",
            "clock time µs 0/40 01:02:03.004..01:02:03.004",
            "score double 0/40 -10..-5.125",
            "half float 0/40 1.5..1.5",
            "ok boolean 0/40 false..true",
            "tags.list.element list<string> 20/60 a..b",
            "who.city string 0/40 Köln..Köln",
            "who.zip int32 0/40 0..39",
            "extra.key_value.key map<string, …> 0/40 k..k",
            "extra.key_value.value map<…, int64> 0/40 0..39",
            "none null ?/40 ?..?", // Arrow writes no statistics of it
        };
        QCOMPARE(lines, expected);
    }

    void whatOneRowGroupLacksIsNotKnown()
    {
        const Thrift told = Thrift().i64(3, 2).i64(4, 7).text(5, little(9, 8)).text(6, little(-4, 8));
        const ParquetField one = Made{.statistics = {told}}.field();
        QCOMPARE(line(one), std::string("x int64 2/10 -4..9"));
        QVERIFY(one.distinct == 7);
        const ParquetField two = Made{.statistics = {told, told}}.field();
        QVERIFY(two.nulls == 4 && two.count == 20);
        QVERIFY(!two.distinct); // they may be the same values, or not
        const ParquetField part = Made{.statistics = {told, Thrift()}}.field();
        QCOMPARE(line(part), std::string("x int64 ?/20 ?..?"));
        // A row group of nulls alone has nothing least.
        QCOMPARE(line(Made{.statistics = {told, Thrift().i64(3, 10)}}.field()), std::string("x int64 12/20 -4..9"));
        QCOMPARE(line(Made{.statistics = {Thrift().i64(3, 11)}}.field()), std::string("x int64 ?/10 ?..?"));
    }

    void oldStatisticsWhereTheOrderIsSigned()
    {
        const Thrift old = Thrift().text(1, little(250, 4)).text(2, little(-1, 4)).i64(3, 0);
        const Thrift plain = Thrift().i32(1, 1).text(4, "x");
        QCOMPARE(line(Made{.element = plain, .physical = 1, .statistics = {old}}.field()),
                 std::string("x int32 0/10 -1..250"));
        const Thrift uint8 = Thrift().i32(1, 1).text(4, "x").i32(6, 11); // UINT_8
        QCOMPARE(line(Made{.element = uint8, .physical = 1, .statistics = {old}}.field()),
                 std::string("x uint8 0/10 ?..?"));
        const Thrift string = Thrift().i32(1, 6).text(4, "x").i32(6, 0);
        const Thrift words = Thrift().text(1, "b").text(2, "a").i64(3, 0);
        QCOMPARE(line(Made{.element = string, .physical = 6, .statistics = {words}}.field()),
                 std::string("x string 0/10 ?..?"));
        // Without an order the newer ones mean nothing either.
        const Made newer{.statistics = {bounds(little(1, 8), little(2, 8))}, .ordered = false};
        QCOMPARE(line(newer.field()), std::string("x int64 1/10 ?..?"));
    }

    void valuesByTheirType_data()
    {
        QTest::addColumn<std::string>("element");
        QTest::addColumn<int>("physical");
        QTest::addColumn<std::string>("least");
        QTest::addColumn<std::string>("greatest");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *name, Thrift element, int physical, const std::string &least,
                            const std::string &greatest, const char *expected) {
            QTest::newRow(name) << element.done() << physical << least << greatest << std::string(expected);
        };
        const auto of = [](int physical, int converted) {
            return Thrift().i32(1, physical).text(4, "x").i32(6, converted);
        };
        using std::string_literals::operator""s;
        row("decimal in bytes", Thrift().i32(1, 6).text(4, "x").i32(6, 5).i32(7, 2).i32(8, 9), 6, "\xff\x38"s, "\x4c"s,
            "x decimal(9,2) 1/10 -2.00..0.76");
        row("decimal of a huge scale", Thrift().i32(1, 6).text(4, "x").i32(6, 5).i32(7, 1'000'000).i32(8, 9), 6,
            "\x01"s, "\x02"s, "x decimal(9,1000000) 1/10 ?..?");
        row("unsigned", of(2, 14), 2, little(1, 8), little(-1, 8), "x uint64 1/10 1..18446744073709551615");
        row("date before 1970", of(1, 6), 1, little(-1, 4), little(0, 4), "x date 1/10 1969-12-31..1970-01-01");
        row("the ends of time", of(2, 10), 2, little(INT64_MIN, 8), little(INT64_MAX, 8),
            "x timestamp µs 1/10 -290308-12-21 19:59:05.224192..294247-01-10 04:00:54.775807");
        row("not a number", Thrift().i32(1, 5).text(4, "x"), 5, little(0x7ff8LL << 48, 8), little(0, 8),
            "x double 1/10 ?..?");
        row("wrong width", of(1, 6), 1, little(1, 8), little(2, 4), "x date 1/10 ?..?");
        row("empty text", of(6, 0), 6, "", "é", "x string 1/10 \"\"..é");
        row("no UTF-8", of(6, 0), 6, "a", "\xff\xfe", "x string 1/10 ?..?");
        row("control characters", of(6, 0), 6, "a", "b\x01", "x string 1/10 ?..?");
        row("binary that is text", Thrift().i32(1, 6).text(4, "x"), 6, "a", "b", "x binary 1/10 a..b");
        row("long text", of(6, 0), 6, "a", std::string(100, 'z'),
            ("x string 1/10 a.." + std::string(64, 'z') + "…").c_str());
        row("int96", Thrift().i32(1, 3).text(4, "x"), 3, std::string(12, '\1'), std::string(12, '\2'),
            "x timestamp ns (int96) 1/10 ?..?");
        row("half", Thrift().i32(1, 7).i32(2, 2).text(4, "x").inner(10, Thrift().inner(15, Thrift())), 7, "\x00\xc0"s,
            "\x00\x3c"s, "x float16 1/10 -2..1");
        row("uuid", Thrift().i32(1, 7).i32(2, 16).text(4, "x").inner(10, Thrift().inner(14, Thrift())), 7,
            std::string(16, '\x11'), std::string(16, '\xfe'),
            "x uuid 1/10 11111111-1111-1111-1111-111111111111..fefefefe-fefe-fefe-fefe-fefefefefefe");
        row("a type of tomorrow", Thrift().i32(1, 99).text(4, "x"), 99, "a", "b", "x ? 1/10 ?..?");
    }
    void valuesByTheirType()
    {
        QFETCH(std::string, element);
        QFETCH(int, physical);
        QFETCH(std::string, least);
        QFETCH(std::string, greatest);
        QFETCH(std::string, expected);
        Made made{.physical = physical, .statistics = {bounds(least, greatest)}};
        made.element = Thrift();
        element.pop_back(); // its end, which done() writes again
        made.element.raw(element);
        QCOMPARE(line(made.field()), expected);
    }

    void whatWasCutOffIsMarked()
    {
        const Thrift string = Thrift().i32(1, 6).text(4, "x").i32(6, 0);
        // Cut within "é".
        Thrift cut = bounds("cla\xc3", "d");
        cut.flag(7, false).flag(8, false);
        QCOMPARE(line(Made{.element = string, .physical = 6, .statistics = {cut}}.field()),
                 std::string("x string 1/10 cla…..d…"));
    }

    void encryptedOrNoneOrTooLong()
    {
        const auto hintOf = [](const std::string &tail, std::int64_t size, std::int64_t most = INT64_MAX) {
            const auto bytes = versions::parquetFooterBytes(tail, size, most);
            return bytes ? std::to_string(*bytes) : bytes.error().hint;
        };
        const std::string good = Made{}.bytes();
        const auto size = static_cast<std::int64_t>(good.size()) + 4;
        QCOMPARE(hintOf(good, size), std::to_string(good.size()));
        QCOMPARE(hintOf(good.substr(good.size() - 8), size), std::to_string(good.size()));
        QCOMPARE(hintOf(good, size - 1), std::string(hint::kDamaged)); // there is no room for it
        QCOMPARE(hintOf(good, size, 20), std::string(hint::kLarge));
        QCOMPARE(hintOf(test::parquetEnd("x", "PARE"), 1000), std::string(hint::kEncrypted));
        QCOMPARE(hintOf(test::parquetEnd("x", "PK\5\6"), 1000), std::string(hint::kNone));
        QCOMPARE(hintOf("PAR1", 4), std::string(hint::kNone));
        QCOMPARE(hintOf({}, 0), std::string(hint::kNone));
        QCOMPARE(versions::decodeParquetFooter(good.substr(1)).error().hint, std::string(hint::kDamaged));
        QCOMPARE(versions::decodeParquetFooter(test::parquetEnd("<html>")).error().hint, std::string(hint::kDamaged));
    }

    void anEncryptedColumnIsToldAsSuch()
    {
        const std::string chunk = Thrift().i64(2, 4).inner(8, Thrift().inner(1, Thrift())).text(9, "\x01\x02").done();
        const std::string group = Thrift().list(1, chunk, 1).i64(2, 1).i64(3, 5).done();
        const std::string schema = Thrift().text(4, "schema").i32(5, 1).done() + Thrift().i32(1, 2).text(4, "x").done();
        const auto footer = versions::decodeParquetFooter(
            test::parquetEnd(Thrift().i32(1, 2).list(2, schema, 2).i64(3, 5).list(4, group, 1).done()));
        ANDON_VERIFY_RESULT(footer);
        QVERIFY(footer->fields.front().encrypted);
        QVERIFY(!footer->fields.front().nulls && !footer->fields.front().count && !footer->compressed);
        QCOMPARE(footer->codec, std::string());
    }

    void hostileBytesAreAnError_data()
    {
        QTest::addColumn<QByteArray>("footer");
        const auto row = [](const char *name, const std::string &footer) {
            QTest::newRow(name) << QByteArray::fromStdString(footer);
        };
        const std::string root = Thrift().text(4, "schema").i32(5, 1).done();
        const auto file = [](const std::string &schema, std::size_t count) {
            return Thrift().i32(1, 2).list(2, schema, count).i64(3, 1).list(4, {}, 0).done();
        };
        row("nothing", "");
        row("structs in structs", std::string(4'000'000, '\x1c'));
        row("lists in lists", "\x19" + std::string(4'000'000, '\x19'));
        row("a list of four billion",
            Thrift().i32(1, 2).done().substr(0, 2) + "\x19\xfc" + test::varint(0xffffffffULL));
        row("a text of all memory", Thrift().i32(1, 2).done().substr(0, 2) + "\x58" + test::varint(INT64_MAX));
        row("a number without an end", "\x15" + std::string(1000, '\xff'));
        row("a schema without names", file(std::string(8'000'000, '\0'), 8'000'000));
        std::string columns = Thrift().text(4, "schema").i32(5, 3'000'000).done();
        const std::string column = Thrift().i32(1, 2).text(4, "x").done();
        for (int i = 0; i < 1'000'000; ++i)
            columns += column;
        row("a million columns", file(columns, 1'000'001));
        std::string deep = Thrift().text(4, std::string(100'000, 'n')).i32(5, 1).done();
        for (int i = 0; i < 10'000; ++i)
            deep += Thrift().text(4, "g").i32(5, 1).done();
        row("groups in groups", file(deep, 10'001));
        row("children that are not there", file(root, 1));
        row("columns without a group", file(root + column + column, 3));
        row("no root", file({}, 0));
        row("rows below nothing", Thrift().i32(1, 2).list(2, root + column, 2).i64(3, -1).list(4, {}, 0).done());
        row("another type of rows", Thrift().i32(1, 2).list(2, root + column, 2).text(3, "1").list(4, {}, 0).done());
        row("a column too few",
            Thrift().i32(1, 2).list(2, root + column, 2).i64(3, 1).list(4, Thrift().list(1, {}, 0).done(), 1).done());
    }
    void hostileBytesAreAnError()
    {
        QFETCH(QByteArray, footer);
        QElapsedTimer timer;
        timer.start();
        const auto read = versions::decodeParquetFooter(test::parquetEnd(footer.toStdString()));
        QVERIFY(!read);
        QVERIFY(!read.error().hint.empty() && !read.error().detail.empty());
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }

    void everyPrefixAndEveryDamagedByteEnds()
    {
        const std::string good = recorded();
        QVERIFY(versions::decodeParquetFooter(good));
        const std::string footer = good.substr(0, good.size() - 8);
        for (std::size_t size = 0; size < footer.size(); ++size)
            QVERIFY(!versions::decodeParquetFooter(test::parquetEnd(footer.substr(0, size))));
        int readable = 0;
        for (std::size_t i = 0; i < footer.size(); ++i)
            for (const unsigned flip : {0x01U, 0x08U, 0x10U, 0x80U, 0xffU}) {
                std::string damaged = footer;
                damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ flip);
                const auto read = versions::decodeParquetFooter(test::parquetEnd(damaged));
                readable += read ? 1 : 0;
                QVERIFY(read || !read.error().hint.empty());
            }
        QVERIFY(readable > 0); // a digit of a name
    }
};

ANDON_SUITE(ParquetTest)
#include "parquet_test.moc"
