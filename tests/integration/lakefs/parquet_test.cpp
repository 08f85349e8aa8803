// Parquet files that pyarrow wrote, on a real lakeFS: what the console tells of them from their last bytes, against
// what pyarrow tells of the same files. And pyarrow reads what the demo factory calls Parquet.
#include "demo/lakefs/parquetfile.h"
#include "demo/lakefs/scenario.h"
#include "demo/story/plan.h"
#include "tests/integration/lakefs/console.h"
#include "tests/integration/lakefs/lake.h"
#include "tests/integration/lakefs/lakefsserver.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace andon;
using factory::Access;

namespace
{

const std::string kLake = "parquet-lake";

test::Json optional(const std::optional<std::int64_t> &value)
{
    return value ? test::Json(*value) : test::Json();
}

test::Json told(const versions::ParquetFooter &footer)
{
    test::Json fields = test::Json::array();
    for (const versions::ParquetField &field : footer.fields)
        fields.push_back({{"path", field.path},
                          {"type", field.type},
                          {"nulls", optional(field.nulls)},
                          {"values", optional(field.count)},
                          {"least", field.least ? test::Json(*field.least) : test::Json()},
                          {"greatest", field.greatest ? test::Json(*field.greatest) : test::Json()}});
    return {{"rows", footer.rows},
            {"row_groups", footer.rowGroups},
            {"created_by", footer.createdBy},
            {"codec", footer.codec},
            {"fields", fields}};
}

} // namespace

class ParquetLakeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString mlflow = qEnvironmentVariable("ANDON_TEST_MLFLOW3");
        QVERIFY2(!mlflow.isEmpty(), "set ANDON_TEST_MLFLOW3 to the program of MLflow 3, whose Python has pyarrow");
        m_python = QFileInfo(mlflow).dir().filePath(QStringLiteral("python"));
        const test::Json written = python({QStringLiteral("write"), m_folder.path()});
        QVERIFY2(written.is_null(), written.dump().c_str());
        const std::string wrong = m_server.start();
        QVERIFY2(wrong.empty(), wrong.c_str());
        m_lake = std::make_unique<test::Lake>(m_server.url(), test::LakeFsServer::user());
        m_console =
            std::make_unique<test::Console>(m_server.url(), test::LakeFsServer::key(), test::LakeFsServer::secret());
        m_lake->repository(kLake);
        for (const QString &name : QDir(m_folder.path()).entryList({QStringLiteral("*.parquet")}))
            m_lake->put(kLake, "main", name.toStdString(), content(name));
        m_lake->put(kLake, "main", "empty.parquet", "");
        m_lake->put(kLake, "main", "text.parquet", "amount\n12\n");
        (void)m_lake->commit(kLake, "main", "Parquet");
        m_commit = core::RefName(m_lake->head(kLake, "main"));
        ANDON_VERIFY_LAKE(*m_lake);
        ANDON_VERIFY_RESULT(m_console->sync());
    }
    void init() { test::failOnAnyWarning(); }

    void isWhatPyarrowTells_data()
    {
        QTest::addColumn<int>("requests"); // for bytes
        for (const char *name : {"zstd", "snappy", "plain", "norows", "some"})
            QTest::newRow(name) << 1;
        QTest::newRow("wide") << 2;
    }
    void isWhatPyarrowTells()
    {
        QFETCH(int, requests);
        const QString name = QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".parquet");
        (void)m_console->asked();
        const auto preview =
            m_console->objects().preview(core::RepositoryId(kLake), m_commit, name.toStdString(), Access::Refresh, {});
        ANDON_VERIFY_RESULT(preview);
        QCOMPARE(m_console->asked().size(), static_cast<std::size_t>(requests) + 1); // and its stat
        QVERIFY2(preview->footer, preview->unreadable ? preview->unreadable->detail.c_str() : "");
        const test::Json said = python({QStringLiteral("tell"), m_folder.filePath(name)});
        QCOMPARE(QString::fromStdString(told(*preview->footer).dump(1)), QString::fromStdString(said.at(0).dump(1)));
    }

    void whatIsNoneSaysSo()
    {
        const auto preview = [&](const char *name) {
            return m_console->objects().preview(core::RepositoryId(kLake), m_commit, name, Access::Refresh, {});
        };
        const auto empty = preview("empty.parquet");
        ANDON_VERIFY_RESULT(empty);
        QVERIFY(empty->whole && !empty->unreadable);
        const auto text = preview("text.parquet");
        ANDON_VERIFY_RESULT(text);
        QCOMPARE(text->unreadable->hint, std::string(versions::parquethint::kNone));
    }

    void theEndOfNothingFails()
    {
        // What the console avoids: when this is repaired, it need not any more.
        const auto reply =
            m_lake->client().ask({.target = "/api/v1/repositories/" + kLake + "/refs/main/objects?path=empty.parquet",
                                  .headers = {"Range: bytes=-10"}});
        QCOMPARE(reply.status, 500);
    }

    void pyarrowReadsTheDemoFactorys()
    {
        const demo::Plan plan = demo::makePlan(demo::Scale::Small, 1, core::Instant::fromSeconds(1'795'500'017));
        const demo::History history = demo::makeHistories(plan).front();
        std::map<std::string, int> seen; // per topic and schema
        for (std::int32_t n = 0; n < static_cast<std::int32_t>(history.commits.size()); ++n)
            for (const demo::DemoObject &object : history.payload(n)) {
                const auto table = demo::tableOf(history, object);
                QVERIFY(table);
                if (seen[object.path.substr(0, object.path.find('/')) + table->schema]++ == 0)
                    compare(history, object);
            }
        QVERIFY(seen.size() > 6);
    }

private:
    /// A file of that size of which only the two ends are written.
    void compare(const demo::History &history, const demo::DemoObject &object)
    {
        QFile file(m_folder.filePath(QStringLiteral("demo.bin")));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.resize(object.size));
        const std::int64_t end = 65536;
        for (const auto &[from, count] : {std::pair<std::int64_t, std::int64_t>(0, 4), {object.size - end, end}}) {
            const auto bytes = demo::parquetBytes(history, object, from, count);
            QVERIFY(bytes && file.seek(from) && file.write(QByteArray::fromStdString(*bytes)) == count);
        }
        file.close();
        const auto footer = versions::decodeParquetFooter(*demo::parquetBytes(history, object, object.size - end, end));
        ANDON_VERIFY_RESULT(footer);
        const test::Json said = python({QStringLiteral("tell"), file.fileName()});
        QCOMPARE(QString::fromStdString(told(*footer).dump(1)), QString::fromStdString(said.at(0).dump(1)));
    }
    [[nodiscard]] std::string content(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
    /// What the script prints; null when that is nothing.
    test::Json python(const QStringList &arguments)
    {
        const test::Ran ran = test::runProgram(
            m_python,
            QStringList(QStringLiteral(ANDON_SOURCE_DIR "/tests/integration/lakefs/parquetfiles.py")) + arguments,
            test::plainEnvironment(m_folder.path()));
        if (ran.exit != 0)
            return {{"wrong", ran.out + ran.error}};
        const std::string &out = ran.out;
        return out.empty() ? test::Json() : test::Json::parse(out, nullptr, false);
    }

    QTemporaryDir m_folder;
    QString m_python;
    test::LakeFsServer m_server;
    std::unique_ptr<test::Lake> m_lake;
    std::unique_ptr<test::Console> m_console;
    core::RefName m_commit;
};

ANDON_SUITE(ParquetLakeTest)
#include "parquet_test.moc"
