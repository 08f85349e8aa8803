#include "sources/mlflow/decode.h"
#include "tests/sources/shared/goldenserver.h"
#include "tests/sources/shared/variants.h"
#include "tests/support/suite.h"

#include <functional>

using namespace andon;
using namespace andon::sources;
using test::golden;
using test::replaced;

namespace
{
using Decoder = std::function<core::Result<std::size_t>(std::string_view)>; // how many items

template <typename Fn> Decoder counting(Fn decode)
{
    return [decode](std::string_view body) -> core::Result<std::size_t> {
        const auto page = decode(body);
        if (!page)
            return core::fail(page.error());
        return page->items.size();
    };
}

Decoder decoderOf(const QString &name)
{
    if (name == QLatin1String("experiments"))
        return counting(mlflow::decodeExperiments);
    if (name == QLatin1String("runs"))
        return counting(mlflow::decodeRuns);
    if (name == QLatin1String("models"))
        return counting(mlflow::decodeModels);
    if (name == QLatin1String("versions"))
        return counting(mlflow::decodeVersions);
    if (name == QLatin1String("logged"))
        return counting(mlflow::decodeLoggedModels);
    return [](std::string_view body) -> core::Result<std::size_t> {
        const auto run = mlflow::decodeRun(body);
        if (!run)
            return core::fail(run.error());
        return 1;
    };
}
} // namespace

class MlflowDecodeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void readsEveryRecordedAnswer_data()
    {
        QTest::addColumn<QString>("decoder");
        QTest::addColumn<int>("items");
        const auto row = [](const char *file, const char *decoder, int items) {
            QTest::newRow(file) << QString::fromUtf8(decoder) << items;
        };
        row("3/experiments-initial.json", "experiments", 1);
        row("2/experiments-initial.json", "experiments", 1);
        row("3/experiments-page-1.json", "experiments", 2);
        row("3/experiments-page-2.json", "experiments", 2);
        row("auth/admin.json", "experiments", 6);
        row("auth/thinned-page-1.json", "experiments", 1);
        row("3/runs-page-1.json", "runs", 3);
        row("3/runs-page-2.json", "runs", 3);
        row("2/runs-active-only.json", "runs", 7);
        row("3/runs-missing-experiment.json", "runs", 0);
        row("3/run-get.json", "run", 1);
        row("2/run-get.json", "run", 1);
        row("2/run-get-running.json", "run", 1);
        row("2/run-get-deleted.json", "run", 1);
        row("3/models-initial.json", "models", 0);
        row("3/models-page-1.json", "models", 2);
        row("3/models-page-2.json", "models", 1);
        row("2/models-page-1.json", "models", 2);
        row("3/versions.json", "versions", 4);
        row("2/versions.json", "versions", 4);
        row("3/versions-page-1.json", "versions", 2);
        row("3/logged-models-search.json", "logged", 0);
        row("3/logged-models-search-filled.json", "logged", 1);
    }
    void readsEveryRecordedAnswer()
    {
        QFETCH(QString, decoder);
        const auto count = decoderOf(decoder)(golden(std::string("mlflow/golden/") + QTest::currentDataTag()));
        ANDON_VERIFY_RESULT(count);
        QTEST(static_cast<int>(*count), "items");
    }

    void refusesBrokenAnswers_data()
    {
        QTest::addColumn<QString>("decoder");
        QTest::newRow("3/experiments-page-1.json") << QStringLiteral("experiments");
        QTest::newRow("3/runs-page-1.json") << QStringLiteral("runs");
        QTest::newRow("3/run-get.json") << QStringLiteral("run");
        QTest::newRow("3/models-page-1.json") << QStringLiteral("models");
        QTest::newRow("3/versions.json") << QStringLiteral("versions");
        QTest::newRow("3/logged-models-search-filled.json") << QStringLiteral("logged");
        QTest::newRow("2/experiments-initial.json") << QStringLiteral("experiments");
        QTest::newRow("2/runs-active-only.json") << QStringLiteral("runs");
        QTest::newRow("2/run-get.json") << QStringLiteral("run");
        QTest::newRow("2/models-page-1.json") << QStringLiteral("models");
        QTest::newRow("2/versions.json") << QStringLiteral("versions");
    }
    void refusesBrokenAnswers()
    {
        QFETCH(QString, decoder);
        const std::string good = golden(std::string("mlflow/golden/") + QTest::currentDataTag());
        for (const auto &[name, body] : test::badVariants(good)) {
            const auto answer = decoderOf(decoder)(body);
            QVERIFY2(!answer, name.c_str());
            QVERIFY2(answer.error().kind == core::ErrorKind::Protocol, name.c_str());
            QVERIFY2(answer.error().where.starts_with("mlflow "), name.c_str());
        }
    }

    void refusesWrongTypesAndMissingFields_data()
    {
        QTest::addColumn<QString>("decoder");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *name, const char *file, const char *decoder, const char *from, const char *to,
                            const char *path) {
            QTest::newRow((std::string(file) + "|" + name).c_str())
                << QString::fromUtf8(decoder) << QString::fromUtf8(from) << QString::fromUtf8(to)
                << QString::fromUtf8(path);
        };
        row("no id", "3/experiments-page-1.json", "experiments", "\"experiment_id\"", "\"x\"",
            "$.experiments[0].experiment_id");
        row("number as id", "3/experiments-page-1.json", "experiments", "\"experiment_id\": \"3\"",
            "\"experiment_id\": 3", "$.experiments[0].experiment_id");
        row("text as time", "3/experiments-page-1.json", "experiments", "1795482489525", "\"soon\"",
            "$.experiments[0].last_update_time");
        row("list as object", "3/runs-page-1.json", "runs", "\"runs\": [", "\"runs\": {}, \"x\": [", "$.runs");
        row("no info", "3/run-get.json", "run", "\"info\"", "\"x\"", "$.run.info");
        row("no run", "3/run-get.json", "run", "\"run\"", "\"x\"", "$.run");
        row("text as metric", "3/run-get.json", "run", "\"value\": 0.901", "\"value\": \"good\"",
            "$.run.data.metrics[0].value");
        row("number as tag", "3/run-get.json", "run", "\"vision-lake\"", "7", "$.run.data.tags[2].value");
        row("no dataset", "3/run-get.json", "run", "\"dataset\"", "\"x\"", "$.run.inputs.dataset_inputs[0].dataset");
        row("number as version", "3/versions.json", "versions", "\"version\": \"2\"", "\"version\": 2",
            "$.model_versions[0].version");
        row("no alias name", "3/models-page-1.json", "models", "\"alias\"", "\"x\"",
            "$.registered_models[0].aliases[0].alias");
        row("number as token", "3/models-page-1.json", "models", "\"eyJvZmZzZXQiOiAyfQ==\"", "2", "$.next_page_token");
        row("no tag key", "3/run-get.json", "run", "\"key\": \"lakefs_repo\"", "\"x\": 1", "$.run.data.tags[2].key");
        row("text as deletion", "3/run-get.json", "run", "\"lifecycle_stage\": \"active\"",
            "\"lifecycle_stage\": false", "$.run.info.lifecycle_stage");
        row("no version", "3/versions.json", "versions", "\"version\"", "\"x\"", "$.model_versions[0].version");
        row("no name", "3/versions.json", "versions", "\"name\"", "\"x\"", "$.model_versions[0].name");
        row("object as versions", "3/versions.json", "versions", "\"model_versions\": [",
            "\"model_versions\": {}, \"x\": [", "$.model_versions");
        row("number as alias", "3/models-page-1.json", "models", "\"champion\"", "7",
            "$.registered_models[0].aliases[0].alias");
        row("text as models", "3/models-page-1.json", "models", "\"registered_models\": [",
            "\"registered_models\": \"\", \"x\": [", "$.registered_models");
        row("no info", "3/logged-models-search-filled.json", "logged", "\"info\"", "\"x\"", "$.models[0].info");
        row("text as time", "3/logged-models-search-filled.json", "logged", "1795482490366", "\"soon\"",
            "$.models[0].info.creation_timestamp_ms");
        row("number as run", "3/logged-models-search-filled.json", "logged", "\"0ec39dc5b7a84abc9a9f81496b551c4f\"",
            "7", "$.models[0].info.source_run_id");
        row("no model id", "3/logged-models-search-filled.json", "logged", "\"model_id\"", "\"x\"",
            "$.models[0].info.model_id");
    }
    void refusesWrongTypesAndMissingFields()
    {
        QFETCH(QString, decoder);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, path);
        const std::string tag = QTest::currentDataTag();
        const std::string bad =
            replaced(golden("mlflow/golden/" + tag.substr(0, tag.find('|'))), from.toStdString(), to.toStdString());
        QVERIFY(!bad.empty());
        const auto answer = decoderOf(decoder)(bad);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, core::ErrorKind::Protocol);
        QVERIFY2(answer.error().detail.starts_with(path.toStdString() + ":"), answer.error().detail.c_str());
    }

    void readsARunWithItsEvidence()
    {
        const auto run = mlflow::decodeRun(golden("mlflow/golden/3/run-get.json"));
        ANDON_VERIFY_RESULT(run);
        QCOMPARE(run->id.value, std::string("efc9626f71794f998e60ad80f90ade77"));
        QCOMPARE(run->name, std::string("pinned by commit"));
        QCOMPARE(run->user, std::string("m.ortiz"));
        QCOMPARE(run->status, lineage::RunStatus::Finished);
        QCOMPARE(run->started.ms, 1795000060000LL);
        QCOMPARE(run->ended.ms, 1795000110000LL);
        QVERIFY(!run->deleted);
        QCOMPARE(run->metrics.size(), std::size_t(5));
        QCOMPARE(run->metrics[0].value.value(), 0.901);
        QVERIFY(!run->metrics[2].value); // NaN is no value
        QCOMPARE(run->metrics[3].value.value(), 1.7976931348623157e308);
        QCOMPARE(*lineage::find(run->tags, "lakefs_repo"), std::string("vision-lake"));
        QCOMPARE(*lineage::find(run->tags, "note"), std::string("<b>not html</b>"));
        QVERIFY(!lineage::find(run->tags, "lakefs"));
        QCOMPARE(*lineage::find(run->params, "depth"), std::string("7"));
        QCOMPARE(run->inputs.size(), std::size_t(1));
        QCOMPARE(run->inputs[0].context, std::string("training"));
        QCOMPARE(run->inputs[0].digest, std::string("4f3a91c0"));
        QVERIFY(run->inputs[0].source.starts_with("{\"uri\": \"s3://vision-lake/9f2c"));
        QVERIFY(run->modelOutputs.empty());
    }

    void readsWhatOnly3xHas()
    {
        const auto made = mlflow::decodeRun(golden("mlflow/golden/3/run-get-with-outputs.json"));
        ANDON_VERIFY_RESULT(made);
        QCOMPARE(made->modelOutputs, std::vector<std::string>{"m-056ae0a9795a429eab6009e1b6e993d4"});
        const auto used = mlflow::decodeRun(golden("mlflow/golden/3/run-get-with-model-input.json"));
        ANDON_VERIFY_RESULT(used);
        QCOMPARE(used->modelInputs, std::vector<std::string>{"m-056ae0a9795a429eab6009e1b6e993d4"});
        QVERIFY(used->inputs.empty());
        const auto logged = mlflow::decodeLoggedModels(golden("mlflow/golden/3/logged-models-search-filled.json"));
        ANDON_VERIFY_RESULT(logged);
        QCOMPARE(logged->items[0].sourceRun.value, std::string("0ec39dc5b7a84abc9a9f81496b551c4f"));
        QCOMPARE(logged->items[0].created.ms, 1795482490366LL);
        QCOMPARE(*lineage::find(logged->items[0].tags, "mlflow.modelVersions"),
                 std::string("[{\"name\": \"fraud\", \"version\": 5}]"));
    }

    void tellsRunningAndDeletedRuns()
    {
        const auto running = mlflow::decodeRun(golden("mlflow/golden/3/run-get-running.json"));
        ANDON_VERIFY_RESULT(running);
        QCOMPARE(running->status, lineage::RunStatus::Running);
        QVERIFY(!running->ended.known());
        const auto deleted = mlflow::decodeRun(golden("mlflow/golden/3/run-get-deleted.json"));
        ANDON_VERIFY_RESULT(deleted);
        QVERIFY(deleted->deleted);
    }

    void keepsAnUnknownStatusAsUnknown()
    {
        const auto run = mlflow::decodeRun(replaced(golden("mlflow/golden/3/run-get.json"), "FINISHED", "PREEMPTED"));
        ANDON_VERIFY_RESULT(run);
        QCOMPARE(run->status, lineage::RunStatus::Unknown);
    }

    /// Words that a newer server may say are kept as they are; what is not said is "", never an error.
    void keepsUnknownWords()
    {
        const auto versions =
            mlflow::decodeVersions(replaced(golden("mlflow/golden/3/versions.json"), "\"Production\"", "\"Canary\""));
        ANDON_VERIFY_RESULT(versions);
        QCOMPARE(versions->items[0].stage, std::string("Canary"));
        const auto logged = mlflow::decodeLoggedModels(replaced(
            golden("mlflow/golden/3/logged-models-search-filled.json"), "LOGGED_MODEL_READY", "LOGGED_MODEL_BORED"));
        ANDON_VERIFY_RESULT(logged);
        QCOMPARE(logged->items[0].status, std::string("LOGGED_MODEL_BORED"));
        const auto experiments =
            mlflow::decodeExperiments(R"({"experiments":[{"experiment_id":"7","lifecycle_stage":"archived"}]})");
        ANDON_VERIFY_RESULT(experiments);
        QVERIFY(!experiments->items[0].deleted && experiments->items[0].name.empty());
        QVERIFY(!experiments->items[0].created.known());
        const auto run = mlflow::decodeRun(
            replaced(golden("mlflow/golden/3/run-get.json"), "\"lifecycle_stage\": \"active\"", "\"x\": 1"));
        ANDON_VERIFY_RESULT(run);
        QVERIFY(!run->deleted);
        const auto silent =
            mlflow::decodeRun(replaced(golden("mlflow/golden/3/run-get.json"), "\"value\": 0.901", "\"x\": 1"));
        ANDON_VERIFY_RESULT(silent);
        QVERIFY(!silent->metrics[0].value); // no value, and not 0
    }

    /// A list that is left out is an empty one.
    void takesNothingForAnEmptyPage()
    {
        for (const char *decoder : {"experiments", "runs", "models", "versions", "logged"})
            for (const char *body : {"{}", R"({"next_page_token":""})", R"({"unknown":[1]})"}) {
                const auto count = decoderOf(QString::fromLatin1(decoder))(body);
                ANDON_VERIFY_RESULT(count);
                QCOMPARE(*count, std::size_t(0));
            }
        QVERIFY(!mlflow::decodeRun("{}"));
    }

    void readsTheRegistry()
    {
        const auto models = mlflow::decodeModels(golden("mlflow/golden/3/models-page-1.json"));
        ANDON_VERIFY_RESULT(models);
        QCOMPARE(models->next, std::string("eyJvZmZzZXQiOiAyfQ=="));
        QCOMPARE(models->items[0].aliases.size(), std::size_t(2));
        QCOMPARE(models->items[0].aliases[0].name, std::string("champion"));
        QCOMPARE(models->items[0].aliases[0].version.value, std::string("3"));
        QCOMPARE(models->items[0].description, std::string("Card fraud"));
        const auto versions = mlflow::decodeVersions(golden("mlflow/golden/3/versions.json"));
        ANDON_VERIFY_RESULT(versions);
        QCOMPARE(versions->items[0].stage, std::string("Production"));
        QCOMPARE(versions->items[0].run.value, std::string("98ed1b60db154c14bd95dd015d917cca"));
        QCOMPARE(versions->next, std::string());
    }

    void findsTheLoggedModelInTheSource()
    {
        const auto versions = mlflow::decodeVersions(
            R"({"model_versions":[{"name":"fraud","version":"5","source":"models:/m-056a/x","run_id":"r"},)"
            R"({"name":"fraud","version":"6","source":"runs:/m-056a/x"},)"
            R"({"name":"fraud","version":"7","source":"models:/m-1","model_id":"m-2"}]})");
        ANDON_VERIFY_RESULT(versions);
        QCOMPARE(versions->items[0].loggedModel, std::string("m-056a"));
        QCOMPARE(versions->items[1].loggedModel, std::string());
        QCOMPARE(versions->items[2].loggedModel, std::string("m-2"));
    }

    void readsNumbersWrittenAsText() // protobuf JSON may write int64 as strings
    {
        const auto run =
            mlflow::decodeRun(R"({"run":{"info":{"run_uuid":"r","experiment_id":"1","start_time":"1795000060000"}}})");
        ANDON_VERIFY_RESULT(run);
        QCOMPARE(run->id.value, std::string("r"));
        QCOMPARE(run->started.ms, 1795000060000LL);
    }

    void readsVersions()
    {
        QCOMPARE(mlflow::decodeVersionText(golden("mlflow/golden/3/version.html")).value(), std::string("3.17.2"));
        QCOMPARE(mlflow::decodeVersionText("2.22.5\n").value(), std::string("2.22.5"));
        QCOMPARE(mlflow::majorOf("3.17.2"), 3);
        QCOMPARE(mlflow::majorOf("dev"), 0);
        for (const char *bad : {"", "<html>3.1</html>", "OK", "3.1 or later"})
            QVERIFY(!mlflow::decodeVersionText(bad));
    }
};

ANDON_SUITE(MlflowDecodeTest)
#include "decode_test.moc"
