// Parquet files of the demo factory: ranges of files that are nowhere, and what their footers tell of the story.
#include "demo/lakefs/lakefsdialect.h"
#include "demo/lakefs/parquetfile.h"
#include "demo/lakefs/scenario.h"
#include "demo/story/plan.h"
#include "tests/support/suite.h"
#include "versions/parquetfooter.h"

#include <nlohmann/json.hpp>

using namespace andon;
using namespace andon::demo;
using nlohmann::json;

namespace
{

const versions::ParquetField *field(const versions::ParquetFooter &footer, const std::string &name)
{
    for (const versions::ParquetField &one : footer.fields)
        if (one.path == name)
            return &one;
    return nullptr;
}

double nullShare(const versions::ParquetField *field)
{
    return field && field->nulls && field->count
        ? static_cast<double>(*field->nulls) / static_cast<double>(*field->count)
        : -1;
}

} // namespace

class DemoParquetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const json diff = ask("/refs/ingest-42~3/diff/ingest-42~2", {{"type", "two_dot"}, {"amount", "1000"}});
        for (const json &item : diff.at("results"))
            if (item.at("type") == "changed" && item.at("path").get<std::string>().ends_with(".parquet"))
                m_anew.push_back(item.at("path"));
        QVERIFY(m_anew.size() >= 12);
    }
    void init() { test::failOnAnyWarning(); }

    void aRangeIsWhatItIsOfAnyObject()
    {
        const std::string path = m_anew.front();
        const json stat = ask("/refs/ingest-42/objects/stat", {{"path", path}});
        const auto size = stat.at("size_bytes").get<std::int64_t>();
        const LakeFsDialect::Answer end = get("ingest-42", path, "bytes=-65536");
        QCOMPARE(end.status, 206);
        QCOMPARE(end.body.size(), std::size_t(65536));
        const auto header = [](const LakeFsDialect::Answer &answer, const char *name) {
            for (const auto &[key, value] : answer.headers)
                if (key == name)
                    return value;
            return std::string();
        };
        QCOMPARE(header(end, "Content-Range"),
                 "bytes " + std::to_string(size - 65536) + "-" + std::to_string(size - 1) + "/" + std::to_string(size));
        QCOMPARE(header(end, "ETag"), "\"" + stat.at("checksum").get<std::string>() + "\"");
        QVERIFY(end.body.ends_with("PAR1"));
        QCOMPARE(get("ingest-42", path, "bytes=0-3").body, std::string("PAR1"));
        QCOMPARE(get("ingest-42", path, "bytes=4-11").body, std::string(8, '\0'));
        // Any part of it is the same bytes.
        const std::string part = "bytes=" + std::to_string(size - 1000) + "-" + std::to_string(size - 500);
        QCOMPARE(get("ingest-42", path, part).body, end.body.substr(end.body.size() - 1000, 501));
        QCOMPARE(get("ingest-42", path, "bytes=" + std::to_string(size) + "-").status, 416);
        QCOMPARE(get("ingest-42", path, "bytes=" + std::to_string(size - 2) + "-").body, std::string("R1"));
        QCOMPARE(get("ingest-42", path, {}).status, 410); // nobody makes all of it
        QCOMPARE(get("ingest-42", path, "bytes=0-20000000").status, 410);
    }

    void theIngestTurnedAmountsIntoText()
    {
        for (const std::string &path : m_anew) {
            const auto before = footer("ingest-42~3", path);
            const auto after = footer("ingest-42", path);
            ANDON_VERIFY_RESULT(before);
            ANDON_VERIFY_RESULT(after);
            QCOMPARE(before->rows, after->rows); // the same rows, read anew
            QCOMPARE(field(*before, "amount")->type, std::string("decimal(12,2)"));
            QCOMPARE(*field(*before, "amount")->greatest, std::string("48200.00"));
            QCOMPARE(field(*after, "amount")->type, std::string("string"));
            QCOMPARE(*field(*after, "amount")->least, std::string("0,50"));
            QCOMPARE(*field(*after, "amount")->greatest, std::string("€ 99,90"));
            QVERIFY(field(*before, "currency") && !field(*before, "partner_code"));
            QVERIFY(!field(*after, "currency") && field(*after, "partner_code"));
            QVERIFY(std::abs(nullShare(field(*before, "merchant_id")) - 0.001) < 0.0005);
            QVERIFY(std::abs(nullShare(field(*after, "merchant_id")) - 0.378) < 0.0005);
            QCOMPARE(before->codec + " " + after->codec, std::string("zstd snappy"));
            QCOMPARE(after->metadata, (std::vector<std::string>{"schema"}));
        }
        // And on main since the merge, which no gate stopped.
        ANDON_VERIFY_RESULT(footer("main", m_anew.front()));
        QCOMPARE(field(*footer("main", m_anew.front()), "amount")->type, std::string("string"));
        QCOMPARE(field(*footer("q4-freeze", m_anew.front()), "amount")->type, std::string("decimal(12,2)"));
    }

    void rowsAreThoseOfTheCommit()
    {
        const json log = ask("/refs/main/commits", {{"amount", "200"}});
        int looked = 0;
        for (const json &commit : log.at("results")) {
            const json &metadata = commit.at("metadata");
            if (!metadata.contains("airflow.run") || commit.at("parents").size() != 1
                || metadata.contains("cherry-pick-origin"))
                continue;
            const std::string id = commit.at("id");
            const json diff = ask("/refs/" + commit.at("parents")[0].get<std::string>() + "/diff/" + id,
                                  {{"type", "two_dot"}, {"amount", "1000"}});
            std::int64_t rows = 0;
            for (const json &item : diff.at("results"))
                if (item.at("type") == "added") {
                    const auto one = footer(id, item.at("path"));
                    ANDON_VERIFY_RESULT(one);
                    rows += one->rows;
                    QVERIFY(one->compressed.value_or(INT64_MAX) < item.at("size_bytes").get<std::int64_t>());
                }
            QCOMPARE(std::to_string(rows), metadata.at("rows").get<std::string>());
            ++looked;
        }
        QVERIFY(looked > 20);
    }

    void whatWasWrittenAnewIsInListsAndDiffsAlike()
    {
        const std::string path = m_anew.front();
        const auto checksum = [&](const std::string &ref) {
            const json list = ask("/refs/" + ref + "/objects/ls", {{"prefix", path}});
            return list.at("results").at(0).at("checksum").get<std::string>();
        };
        QCOMPARE(checksum("main"), checksum("ingest-42"));
        QVERIFY(checksum("main") != checksum("ingest-42~3"));
        // The log of the path names the commit that wrote it anew.
        const json log = ask("/refs/ingest-42/commits", {{"objects", path}, {"amount", "5"}});
        QVERIFY(log.at("results").at(0).at("message").get<std::string>().starts_with("Read amount"));
        // Two dots back: changed again, with the bytes of before.
        const json back = ask("/refs/ingest-42/diff/ingest-42~3",
                              {{"type", "two_dot"}, {"prefix", path}, {"include_right_stats", "true"}});
        QCOMPARE(back.at("results").at(0).at("type").get<std::string>(), std::string("changed"));
        QCOMPARE(back.at("results").at(0).at("right").at("checksum").get<std::string>(), checksum("ingest-42~3"));
    }

private:
    json ask(const std::string &path, LakeFsDialect::Params params)
    {
        return json::parse(m_lakefs
                               .handle({.path = "/api/v1/repositories/ml-data" + path,
                                        .params = std::move(params),
                                        .authorization = "Basic a2V5OnNlY3JldA=="})
                               .body);
    }
    LakeFsDialect::Answer get(const std::string &ref, const std::string &path, const std::string &range)
    {
        return m_lakefs.handle({.path = "/api/v1/repositories/ml-data/refs/" + ref + "/objects",
                                .params = {{"path", path}},
                                .authorization = "Basic a2V5OnNlY3JldA==",
                                .range = range});
    }
    core::Result<versions::ParquetFooter> footer(const std::string &ref, const std::string &path)
    {
        return versions::decodeParquetFooter(get(ref, path, "bytes=-65536").body);
    }

    const Plan m_plan = makePlan(Scale::Small, 1, core::Instant::fromSeconds(1'795'500'017));
    const LakeFsDialect m_lakefs{m_plan, makeHistories(m_plan), "key", "secret"};
    std::vector<std::string> m_anew; ///< claims that the story's ingest wrote anew
};

ANDON_SUITE(DemoParquetTest)
#include "parquet_test.moc"
