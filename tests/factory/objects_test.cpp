// Folders, sizes and previews of objects.
#include "factory/compareviews.h"
#include "factory/objectservice.h"
#include "factory/versionservice.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"
#include "tests/versions/thriftbytes.h"

#include <QTemporaryDir>

using namespace andon;
using factory::Access;
using factory::ObjectPreview;
using Kind = ObjectPreview::Kind;

namespace
{

const core::RepositoryId kData("data");
const core::CommitId kOnly(std::string(64, 'a'));

struct Bench {
    Bench()
        : board(clock)
        , pin(clock)
    {
        file = std::move(*store::DatabaseFile::open(folder.filePath(QStringLiteral("cache.db")).toStdString(),
                                                    store::cacheSchema()));
        auto made = std::make_unique<test::FakeVersionSource>();
        source = made.get();
        source->commits[kOnly] = {.id = kOnly, .created = 1'700'000'000, .generation = 1};
        source->branches = {{versions::RefKind::Branch, core::RefName("main"), kOnly}};
        const factory::SiteParts parts{core::SiteName("ams"), clock, *file, board, pin};
        const core::Later<roles::VersionSource> shared(std::move(made));
        versions = std::make_unique<factory::VersionService>(parts, core::SourceName("lakefs"), shared);
        service = std::make_unique<factory::ObjectService>(parts, core::SourceName("lakefs"), shared, *versions);
        (void)versions->sync({}, {});
    }
    void put(const std::string &path, std::int64_t size)
    {
        source->tree[path] = {
            .path = path, .sizeBytes = size, .modified = core::Instant::fromSeconds(1'700'000'000 + size)};
    }
    QTemporaryDir folder;
    core::SystemClock clock;
    factory::SourceBoard board;
    factory::Pin pin;
    std::unique_ptr<store::DatabaseFile> file;
    test::FakeVersionSource *source = nullptr;
    std::unique_ptr<factory::VersionService> versions;
    std::unique_ptr<factory::ObjectService> service;
};

ObjectPreview previewed(const std::string &path, const std::string &content, std::int64_t size = -1)
{
    const std::int64_t whole = size < 0 ? static_cast<std::int64_t>(content.size()) : size;
    return factory::previewOf({.path = path, .sizeBytes = whole}, {content, whole});
}

/// A Parquet file of one column; `note` is what else its footer is filled with.
std::string parquet(std::int64_t rows, std::size_t before, const std::string &note = {})
{
    using test::Thrift;
    const std::string chunk = Thrift()
                                  .i64(2, 4)
                                  .inner(3,
                                         Thrift().i32(1, 2).i32(4, 6).i64(5, rows).i64(6, 30).i64(7, 10).inner(
                                             12,
                                             Thrift()
                                                 .i64(3, rows / 4)
                                                 .text(5, std::string("\x09\0\0\0\0\0\0\0", 8))
                                                 .text(6, std::string(8, '\0'))))
                                  .done();
    const std::string schema = Thrift().text(4, "schema").i32(5, 1).done() + Thrift().i32(1, 2).text(4, "id").done();
    const std::string footer = Thrift()
                                   .i32(1, 2)
                                   .list(2, schema, 2)
                                   .i64(3, rows)
                                   .list(4, Thrift().list(1, chunk, 1).i64(2, 30).i64(3, rows).done(), 1)
                                   .list(5, Thrift().text(1, "note").text(2, note).done(), 1)
                                   .list(7, Thrift().inner(1, Thrift()).done(), 1)
                                   .done();
    return "PAR1" + std::string(before, 'x') + test::parquetEnd(footer);
}

} // namespace

class ObjectsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void aFolderPageByPageAndFromTheCache()
    {
        Bench bench;
        for (int i = 0; i < 1500; ++i)
            bench.put("claims/part-" + std::to_string(10'000 + i), 10);
        bench.put("labels/a.csv", 5);
        const auto root = bench.service->folder({}, {}, {}, Access::Refresh, {});
        ANDON_VERIFY_RESULT(root);
        QCOMPARE(root->value.ref.value, std::string("main"));
        QCOMPARE(root->value.commit->id, kOnly);
        QCOMPARE(root->value.entries.size(), std::size_t(2));
        QVERIFY(root->value.entries[0].isPrefix);
        const auto claims = bench.service->folder(kData, {core::RefName("main")}, "claims/", Access::Refresh, {});
        ANDON_VERIFY_RESULT(claims);
        QCOMPARE(claims->value.entries.size(), std::size_t(1000));
        const auto rest =
            bench.service->page(kData, claims->value.at(), "claims/", "/", claims->value.next, Access::Refresh, {});
        ANDON_VERIFY_RESULT(rest);
        QCOMPARE(rest->entries.size(), std::size_t(500));
        QVERIFY(rest->next.empty());
        // A commit's tree does not change: without a network it is as it was.
        const int calls = bench.source->objectCalls;
        const auto again = bench.service->folder(kData, {core::RefName("main")}, "claims/", Access::CacheOnly, {});
        ANDON_VERIFY_RESULT(again);
        QCOMPARE(again->value.entries, claims->value.entries);
        QCOMPARE(bench.source->objectCalls, calls);
        QVERIFY(!bench.service->folder(kData, {core::RefName("main")}, "never/", Access::CacheOnly, {}));
    }

    void measuresAFolder()
    {
        Bench bench;
        for (int i = 0; i < 2345; ++i)
            bench.put("claims/part-" + std::to_string(10'000 + i), i);
        bench.put("labels/a.csv", 5);
        int told = 0;
        const core::RefName at(kOnly.value);
        const auto size = bench.service->measure(kData, at, "claims/", Access::Refresh,
                                                 [&](const factory::FolderSize &) { ++told; }, {});
        ANDON_VERIFY_RESULT(size);
        QCOMPARE(size->objects, 2345LL);
        QCOMPARE(size->bytes, 2344LL * 2345 / 2);
        QCOMPARE(size->newest, core::Instant::fromSeconds(1'700'000'000 + 2344));
        QVERIFY(size->complete);
        QCOMPARE(told, 3);
        const auto kept = bench.service->measure(kData, at, "claims/", Access::CacheOnly, {}, {});
        ANDON_VERIFY_RESULT(kept);
        QCOMPARE(kept->bytes, size->bytes);
        core::Cancel stopped;
        stopped.cancel();
        QCOMPARE(bench.service->measure(kData, at, {}, Access::Refresh, {}, stopped).error().kind,
                 core::ErrorKind::Cancelled);
    }

    void previewsAnObject()
    {
        Bench bench;
        bench.put("a.json", 9);
        bench.source->contents["a.json"] = "{\"b\":[1]}";
        bench.put("big.bin", 500'000'000);
        const core::RefName at(kOnly.value);
        const auto json = bench.service->preview(kData, at, "a.json", Access::Refresh, {});
        ANDON_VERIFY_RESULT(json);
        QCOMPARE(json->kind, Kind::Json);
        QCOMPARE(json->lines, (std::vector<std::string>{"{", "  \"b\": [", "    1", "  ]", "}"}));
        const auto big = bench.service->preview(kData, at, "big.bin", Access::Refresh, {});
        ANDON_VERIFY_RESULT(big); // nothing of it is read
        QCOMPARE(big->kind, Kind::Nothing);
        QVERIFY(!bench.service->preview(kData, at, "none", Access::Refresh, {}));
    }

    void aParquetFileIsReadFromItsEnd()
    {
        Bench bench;
        const core::RefName at(kOnly.value);
        const auto put = [&](const std::string &path, const std::string &content) {
            bench.source->contents[path] = content;
            bench.put(path, static_cast<std::int64_t>(content.size()));
        };
        put("a.parquet", parquet(1000, 500'000));
        put("long.parquet", parquet(7, 10, std::string(200'000, 'n')));
        const auto table = bench.service->preview(kData, at, "a.parquet", Access::Refresh, {});
        ANDON_VERIFY_RESULT(table);
        QCOMPARE(table->kind, Kind::Table);
        QCOMPARE(table->rows, 1000LL);
        QVERIFY(table->read < 1000 && !table->whole);
        QCOMPARE(table->fields.size(), std::size_t(1));
        QCOMPARE(table->fields[0].type, std::string("int64"));
        QVERIFY(table->fields[0].empty == 250 && table->fields[0].count == 1000 && !table->fields[0].distinct);
        QCOMPARE(table->fields[0].least + ".." + table->fields[0].greatest, std::string("0..9"));
        QCOMPARE(table->footer->codec, std::string("zstd"));
        QCOMPARE(bench.source->endReads, (std::vector<std::int64_t>{factory::kParquetEnd}));
        // Longer than what is read first: once more, exactly.
        const auto longer = bench.service->preview(kData, at, "long.parquet", Access::Refresh, {});
        ANDON_VERIFY_RESULT(longer);
        QCOMPARE(longer->rows, 7LL);
        QCOMPARE(bench.source->endReads.size(), std::size_t(3));
        QVERIFY(bench.source->endReads.back() > 200'000 && bench.source->endReads.back() < 201'000);
        // At a commit it stays what it is: without a network, too.
        for (const char *path : {"a.parquet", "long.parquet"}) {
            const auto again = bench.service->preview(kData, at, path, Access::CacheOnly, {});
            ANDON_VERIFY_RESULT(again);
            QCOMPARE(again->footer, path == std::string("a.parquet") ? table->footer : longer->footer);
        }
        QCOMPARE(bench.source->endReads.size(), std::size_t(3));
        // What a branch is may change.
        (void)bench.service->preview(kData, core::RefName("main"), "a.parquet", Access::Refresh, {});
        QCOMPARE(bench.source->endReads.size(), std::size_t(4));
    }

    void aParquetFileThatSaysNothing_data()
    {
        QTest::addColumn<std::string>("content");
        QTest::addColumn<std::string>("hint");
        QTest::addColumn<int>("reads");
        namespace hint = versions::parquethint;
        QTest::newRow("text") << std::string("not really") << std::string(hint::kNone) << 1;
        QTest::newRow("a few bytes") << std::string("PAR1") << std::string(hint::kNone) << 1;
        QTest::newRow("empty") << std::string() << std::string() << 0; // lakeFS fails when it is asked for its end
        QTest::newRow("encrypted") << std::string("PARE") + test::parquetEnd("xxxx", "PARE")
                                   << std::string(hint::kEncrypted) << 1;
        QTest::newRow("damaged") << std::string("PAR1") + test::parquetEnd("xxxx") << std::string(hint::kDamaged) << 1;
        // More is not read of one than 8 MB, and it is said.
        QTest::newRow("huge footer") << parquet(1, 0, std::string(9'000'000, 'n')) << std::string(hint::kLarge) << 1;
    }
    void aParquetFileThatSaysNothing()
    {
        QFETCH(std::string, content);
        QFETCH(std::string, hint);
        QFETCH(int, reads);
        Bench bench;
        bench.source->contents["a.parquet"] = content;
        bench.put("a.parquet", static_cast<std::int64_t>(content.size()));
        for (const Access access : {Access::Refresh, Access::CacheOnly}) {
            const auto preview = bench.service->preview(kData, core::RefName(kOnly.value), "a.parquet", access, {});
            ANDON_VERIFY_RESULT(preview);
            QCOMPARE(preview->kind, Kind::Nothing);
            QCOMPARE(preview->unreadable ? preview->unreadable->hint : std::string(), hint);
            QCOMPARE(bench.source->endReads.size(), static_cast<std::size_t>(reads));
        }
    }

    void aTableIsItsFields()
    {
        const ObjectPreview table =
            previewed("x/labels.csv", "id,amount,\"a, b\",day\n1,2.5,x,2026-11-01\n2,,\"y\ny\",2026-11-02\n30,7,,\n");
        QCOMPARE(table.kind, Kind::Table);
        QCOMPARE(table.rows, 3LL);
        QVERIFY(table.whole);
        QCOMPARE(table.fields.size(), std::size_t(4));
        QCOMPARE(table.fields[0].type, std::string("integer"));
        QCOMPARE(table.fields[0].greatest, std::string("30")); // as numbers, not as words
        QCOMPARE(table.fields[1].type, std::string("decimal"));
        QVERIFY(table.fields[1].empty == 1 && table.fields[1].count == 3);
        QCOMPARE(table.fields[2].name, std::string("a, b"));
        QCOMPARE(table.fields[2].type, std::string("text"));
        QVERIFY(table.fields[2].distinct == 2);
        QCOMPARE(table.fields[3].type, std::string("date"));
        // Cut off in the middle of a row: that row is not counted.
        const ObjectPreview part = previewed("labels.csv", "id;name\n1;a\n2;b\n3;c", 4000);
        QCOMPARE(part.rows, 2LL);
        QVERIFY(!part.whole);
        QCOMPARE(part.fields[1].name, std::string("name"));
    }

    void whatItIsDecides_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *path, const QByteArray &content, Kind kind) {
            QTest::newRow(path) << QString::fromUtf8(path) << content << static_cast<int>(kind);
        };
        row("a.txt", "one\r\ntwo\n", Kind::Text);
        row("README", "plain", Kind::Text);
        row("broken.json", "{\"a\":", Kind::Text);
        row("deep.json", QByteArray(100, '[') + QByteArray(100, ']'), Kind::Text);
        row("a.bin.txt", QByteArray("\0\1\2", 3), Kind::Nothing);
        row("a.png", "not really", Kind::Picture);
        row("empty.txt", "", Kind::Nothing);
        row("only-header.csv", "a,b\n", Kind::Table);
    }
    void whatItIsDecides()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, content);
        QTEST(static_cast<int>(previewed(path.toStdString(), content.toStdString()).kind), "kind");
    }

    void longTextSaysWhatItLeavesOut()
    {
        std::string text;
        for (int i = 0; i < 6000; ++i)
            text += "line\n";
        const ObjectPreview preview = previewed("a.log", text);
        QCOMPARE(preview.lines.size(), std::size_t(5000));
        QCOMPARE(preview.moreLines, 1000LL);
    }
};

ANDON_SUITE(ObjectsTest)
#include "objects_test.moc"
