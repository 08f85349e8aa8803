#include "tests/layers/layers.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace andon::house;

class LayersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }
    void readsIncludes();
    void catchesWhatTheTableForbids_data();
    void catchesWhatTheTableForbids();
    void allowsWhatTheTableAllows_data();
    void allowsWhatTheTableAllows();
    void findsAPlantedFile();
    void holdsInThisTree();

private:
    QtModuleOf m_moduleOf = qtModulesIn(ANDON_QT_INCLUDES);
};

void LayersTest::readsIncludes()
{
    const auto found = includesOf("#pragma once\n"
                                  "// #include \"net/transport.h\"\n"
                                  "  #  include \"core/error.h\" // why\n"
                                  "/* #include <curl/curl.h>\n#include <sqlite3.h> */\n"
                                  "const char *s = \"/*\";\n"
                                  "#include <QString>\n"
                                  "const int big = 1'000; // a lone quote\n"
                                  "#include <map>");
    QCOMPARE(found.size(), 3U);
    QCOMPARE(found[0].target, std::string("core/error.h"));
    QCOMPARE(found[0].line, 3);
    QVERIFY(found[0].quoted);
    QCOMPARE(found[1].target, std::string("QString"));
    QCOMPARE(found[1].line, 7);
    QCOMPARE(found[2].target, std::string("map"));
}

void LayersTest::catchesWhatTheTableForbids_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("include");
    const auto row = [](const char *path, const char *include) {
        QTest::addRow("%s %s", path, include) << QString::fromUtf8(path) << QString::fromUtf8(include);
    };
    row("src/core/a.h", "\"versions/commit.h\"");
    row("src/versions/a.h", "\"telemetry/series.h\"");
    row("src/lineage/a.cpp", "\"economics/kpi.h\"");
    row("src/roles/a.h", "\"net/transport.h\"");
    row("src/store/a.cpp", "\"factory/site.h\"");
    row("src/sources/lakefs/a.cpp", "\"sources/mlflow/client.h\"");
    row("src/sources/lakefs/a.cpp", "\"store/sqlite.h\"");
    row("src/sources/shared/a.cpp", "\"sources/lakefs/client.h\"");
    row("src/factory/a.cpp", "\"sources/lakefs/client.h\"");
    row("src/factory/a.cpp", "\"sources/shared/json.h\"");
    row("src/factory/a.cpp", "\"text/units.h\"");
    row("src/text/a.cpp", "\"factory/site.h\"");
    row("src/models/a.h", "\"painting/lanes.h\"");
    row("src/demo/story/a.cpp", "\"net/transport.h\"");
    row("src/demo/a.cpp", "\"roles/versionsource.h\"");
    row("ui/pages/floor/a.cpp", "\"store/sqlite.h\"");
    row("ui/a.cpp", "\"net/transport.h\"");
    row("ui/a.cpp", "\"sources/shared/json.h\"");
    row("ui/a.cpp", "\"app/common/wiring.h\"");
    row("src/core/a.h", "\"tests/support/suite.h\"");
    row("src/core/a.h", "\"error.h\"");
    row("src/unheardof/a.h", "\"core/error.h\"");
    row("ui/a.cpp", "<curl/curl.h>");
    row("ui/a.cpp", "<sqlite3.h>");
    row("ui/a.cpp", "<nlohmann/json.hpp>");
    row("ui/a.cpp", "<QJsonDocument>");
    row("src/sources/lakefs/a.cpp", "<curl/curl.h>");
    row("src/factory/a.cpp", "<sqlite3.h>");
    row("src/factory/a.cpp", "<QColor>");
    row("src/text/a.cpp", "<QtGui/QColor>");
    row("src/models/a.cpp", "<QPainter>");
    row("src/painting/a.cpp", "<QWidget>");
    row("src/reports/a.cpp", "<QtWidgets/QLabel>");
    row("src/reports/a.cpp", "<QLabel>");
    row("app/andonctl/a.cpp", "<QWidget>");
    row("src/store/a.cpp", "<QtSql/QSqlDatabase>");
    row("app/andon/a.cpp", "<QSqlDatabase>");
    row("src/net/a.cpp", "<QNetworkAccessManager>");
    row("src/versions/a.cpp", "<QTimer>");
    row("src/economics/a.cpp", "<fstream>");
}

void LayersTest::catchesWhatTheTableForbids()
{
    QFETCH(QString, path);
    QFETCH(QString, include);
    const SourceFile file{.path = path.toStdString(), .text = "\n#include " + include.toStdString() + "\n"};
    const auto found = layerFindings(file, m_moduleOf);
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].path, file.path);
}

void LayersTest::allowsWhatTheTableAllows_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("include");
    const auto row = [](const char *path, const char *include) {
        QTest::addRow("%s %s", path, include) << QString::fromUtf8(path) << QString::fromUtf8(include);
    };
    row("src/core/a.cpp", "\"core/error.h\"");
    row("src/audit/a.cpp", "\"lineage/edge.h\"");
    row("src/sources/lakefs/a.cpp", "\"sources/lakefs/client.h\"");
    row("src/sources/lakefs/a.cpp", "\"sources/shared/json.h\"");
    row("src/sources/lakefs/a.cpp", "<nlohmann/json.hpp>");
    row("src/factory/a.cpp", "\"roles/versionsource.h\"");
    row("src/reports/a.cpp", "\"painting/series.h\"");
    row("src/reports/a.cpp", "<QPdfWriter>");
    row("src/painting/a.cpp", "<QPainter>");
    row("src/demo/plan.cpp", "\"economics/pricebook.h\"");
    row("src/demo/plan.cpp", "\"demo/story/plan.h\"");
    row("ui/pages/floor/a.cpp", "\"ui/theme/tokens.h\"");
    row("ui/pages/floor/a.cpp", "<QChart>");
    row("app/andon/a.cpp", "\"sources/lakefs/client.h\"");
    row("app/andon/a.cpp", "<QApplication>");
    row("src/net/a.cpp", "<curl/curl.h>");
    row("src/store/a.cpp", "<sqlite3.h>");
    row("src/models/a.h", "<QAbstractListModel>");
    row("src/core/a.cpp", "\"a.moc\"");
}

void LayersTest::allowsWhatTheTableAllows()
{
    QFETCH(QString, path);
    QFETCH(QString, include);
    const auto found =
        layerFindings({.path = path.toStdString(), .text = "#include " + include.toStdString()}, m_moduleOf);
    QVERIFY2(found.empty(), listed(found).c_str());
}

void LayersTest::findsAPlantedFile()
{
    QTemporaryDir root;
    const QString folder = root.filePath(QStringLiteral("src/factory/deep"));
    QVERIFY(QDir().mkpath(folder));
    QFile planted(folder + QStringLiteral("/planted.cpp"));
    QVERIFY(planted.open(QIODevice::WriteOnly));
    planted.write("#include \"core/error.h\"\n#include \"sources/lakefs/client.h\"\n");
    planted.close();
    const auto files = readTree(root.path().toStdString(), {"src", "ui"}, {".h", ".cpp"});
    QCOMPARE(files.size(), 1U);
    const auto found = layerFindings(files[0], m_moduleOf);
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].path, std::string("src/factory/deep/planted.cpp"));
    QCOMPARE(found[0].line, 2);
}

void LayersTest::holdsInThisTree()
{
    const auto files = readTree(ANDON_SOURCE_DIR, {"src", "ui", "app"}, {".h", ".cpp"});
    QVERIFY2(files.size() > 50, "the tree was not read");
    QCOMPARE(QString::fromStdString(m_moduleOf("QPainter")), QStringLiteral("QtGui"));
    std::vector<Finding> found;
    for (const SourceFile &file : files) {
        const auto more = layerFindings(file, m_moduleOf);
        found.insert(found.end(), more.begin(), more.end());
    }
    QVERIFY2(found.empty(), listed(found).c_str());
}

ANDON_SUITE(LayersTest)
#include "layers_test.moc"
