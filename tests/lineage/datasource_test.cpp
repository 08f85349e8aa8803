#include "lineage/datasource.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::lineage;

class DataSourceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void findsTheAddress_data()
    {
        QTest::addColumn<QString>("repository");
        QTest::addColumn<QString>("ref");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *source, const char *repository, const char *ref, const char *path) {
            QTest::newRow(source) << QString::fromUtf8(repository) << QString::fromUtf8(ref) << QString::fromUtf8(path);
        };
        row("{\"uri\": \"s3://vision-lake/9f2c/images/\"}", "vision-lake", "9f2c", "images/");
        row("{\"uri\":\"lakefs://ml-data/main/a/b.parquet\"}", "ml-data", "main", "a/b.parquet");
        row("{\"url\":\"s3a://ml-data/v1.0\"}", "ml-data", "v1.0", "");
        row("lakefs://ml-data/main/x", "ml-data", "main", "x");
        row("{\"uri\":\"s3://bucket\"}", "", "", "");
        row("{\"uri\":\"s3://bucket//x\"}", "", "", "");
        row("{\"uri\":\"s3:///x/y\"}", "", "", "");
        row("{\"uri\":\"https://host/a/b\"}", "", "", "");
        row("{\"uri\":7}", "", "", "");
        row("{\"tags\":{\"mlflow.source.name\":\"train.py\"}}", "", "", "");
        row("{\"uri\":\"lakefs://a/b", "", "", "");
        row("[1,2]", "", "", "");
        row("", "", "", "");
    }
    void findsTheAddress()
    {
        const DataSource source = parseDataSource(QByteArray(QTest::currentDataTag()).toStdString());
        QTEST(QString::fromStdString(source.repository.value), "repository");
        QTEST(QString::fromStdString(source.ref.value), "ref");
        QTEST(QString::fromStdString(source.path), "path");
    }

    void survivesHostileText()
    {
        QVERIFY(parseDataSource("{\"a\":" + std::string(500000, '[')).uri.empty());
        QVERIFY(parseDataSource("{\"a\":" + std::string(300000, '[') + std::string(300000, ']') + "}").uri.empty());
        QVERIFY(parseDataSource("{\"uri\":\"\xff\"}").uri.empty());
        QVERIFY(parseDataSource(std::string(2 << 20, 'x')).uri.empty());
    }

    void tellsIdsFromNames()
    {
        QVERIFY(isCommitId(std::string(64, 'a')));
        QVERIFY(!isCommitId(std::string(64, 'A')));
        QVERIFY(!isCommitId(std::string(63, 'a')));
        QVERIFY(isCommitPrefix("9f2c41a"));
        QVERIFY(!isCommitPrefix("9f2c41"));
        QVERIFY(!isCommitPrefix("ingest-42"));
        QVERIFY(!isCommitPrefix(std::string(64, 'a')));
    }
};

ANDON_SUITE(DataSourceTest)
#include "datasource_test.moc"
