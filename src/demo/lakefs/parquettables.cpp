// What the tables of the demo factory hold, and how the story's ingest changed the claims.
#include "demo/lakefs/parquetfile.h"
#include "demo/story/plan.h"

#include <QDateTime>

#include <algorithm>
#include <charconv>

namespace andon::demo
{

namespace
{

using Kind = ParquetColumn::Kind;

constexpr std::int64_t kSecond = 1'000'000; // µs

struct Facts {
    std::int64_t rows = 0;
    std::int64_t first = 1; ///< id of the first row
    std::int64_t from = 0; ///< µs
    std::int64_t to = 0;
};

ParquetColumn text(const char *name, std::int64_t distinct, const char *least, const char *greatest, double nulls = 0)
{
    return {.name = name,
            .kind = Kind::String,
            .nulls = nulls,
            .distinct = distinct,
            .leastText = least,
            .greatestText = greatest};
}

ParquetColumn number(const char *name, Kind kind, std::int64_t distinct, std::int64_t least, std::int64_t greatest,
                     double nulls = 0)
{
    return {.name = name, .kind = kind, .nulls = nulls, .distinct = distinct, .least = least, .greatest = greatest};
}

ParquetColumn id(const char *name, const Facts &facts)
{
    return number(name, Kind::Int64, facts.rows, facts.first, facts.first + facts.rows - 1);
}

ParquetColumn times(const char *name, const Facts &facts)
{
    return number(name, Kind::Timestamp, 0, facts.from, facts.to);
}

/// Ids that rows refer to: never more kinds than rows.
ParquetColumn refers(const char *name, const Facts &facts, std::int64_t distinct, double nulls = 0)
{
    const auto told = static_cast<std::int64_t>(static_cast<double>(facts.rows) * (1 - nulls)) * 9 / 10;
    return number(name, Kind::Int64, std::max<std::int64_t>(1, std::min(distinct, told)), 10'007, 999'983, nulls);
}

/// amountIsText: as the partners export it, since the story's schema commit. late: of the story's branch.
std::vector<ParquetColumn> claims(const Facts &facts, bool amountIsText, bool late)
{
    std::vector<ParquetColumn> columns{id("claim_id", facts), refers("policy_id", facts, 118'402),
                                       number("partner_id", Kind::Int32, 17, 3, 91)};
    if (amountIsText) {
        columns.push_back(text("amount", 0, "0,50", "€ 99,90"));
        columns.push_back(text("partner_code", 3, "AX", "NV", 0.613));
    } else {
        columns.push_back(number("amount", Kind::Decimal, 0, 50, 4'820'000));
        columns.push_back(text("currency", 4, "CHF", "USD"));
    }
    columns.push_back(late ? refers("merchant_id", facts, 52'077, 0.378) : refers("merchant_id", facts, 88'310, 0.001));
    columns.push_back(times("event_time", facts));
    columns.push_back(text("channel", 5, "app", "web"));
    columns.push_back(text("country", 23, "AT", "SE"));
    columns.push_back(number("fraud_label", Kind::Boolean, 0, 0, 1));
    return columns;
}

std::vector<ParquetColumn> columnsOf(const std::string &topic, const Facts &facts)
{
    if (topic == "transactions")
        return {id("transaction_id", facts),          refers("policy_id", facts, 118'402),
                refers("merchant_id", facts, 88'310), number("amount", Kind::Decimal, 0, 1, 1'248'000),
                text("currency", 4, "CHF", "USD"),    times("booked", facts),
                text("channel", 5, "app", "web")};
    if (topic == "merchants")
        return {refers("merchant_id", facts, 88'310), text("name", 0, "Aalto Outdoor", "Zwolle Fietsen"),
                text("country", 23, "AT", "SE"), number("risk", Kind::Double, 0, 2, 997, 0.004), times("since", facts)};
    if (topic == "chargebacks")
        return {id("chargeback_id", facts), refers("transaction_id", facts, 402'118),
                number("amount", Kind::Decimal, 0, 120, 914'000), text("reason", 9, "duplicate", "not received"),
                times("opened", facts)};
    if (topic == "sessions")
        return {id("session_id", facts), refers("policy_id", facts, 118'402, 0.214),
                text("device", 6, "android", "web"), times("started", facts),
                number("seconds", Kind::Int32, 0, 1, 14'390)};
    return {id("document_id", facts), refers("claim_id", facts, 311'206), text("language", 12, "da", "sv"),
            text("text", 0, "A claim for the repair of a wind", "Überspannung nach Gewitter"),
            number("tokens", Kind::Int32, 0, 4, 18'204)};
}

/// The data commit that wrote a path for the first time: "claims/2026-10/part-412-0.parquet"; -1: none did.
std::int32_t writerOf(const History &history, const std::string &path)
{
    const std::size_t at = path.rfind("/part-");
    if (!history.recorded.empty() || at == std::string::npos || !path.ends_with(".parquet"))
        return -1;
    std::int32_t n = -1;
    std::from_chars(path.data() + at + 6, path.data() + path.size(), n);
    return n >= 0 && n < static_cast<std::int32_t>(history.commits.size()) ? n : -1;
}

/// From the first of the month in its path to its end, or to when it was written.
void setTimes(Facts &facts, const std::string &path, std::int64_t written)
{
    const std::size_t slash = path.find('/');
    const QString month = QString::fromStdString(path.substr(slash + 1, 7));
    const QDateTime from(QDate::fromString(month + QStringLiteral("-01"), Qt::ISODate), QTime(0, 0), Qt::UTC);
    facts.from = from.toSecsSinceEpoch() * kSecond;
    facts.to = std::min<std::int64_t>(from.addMonths(1).toSecsSinceEpoch() - 1, written) * kSecond;
}

} // namespace

std::optional<ParquetTable> tableOf(const History &history, const DemoObject &object)
{
    const std::int32_t writer = writerOf(history, object.path);
    if (writer < 0)
        return std::nullopt;
    const std::vector<DemoObject> payload = history.payload(writer);
    const auto found =
        std::find_if(payload.begin(), payload.end(), [&](const DemoObject &one) { return one.path == object.path; });
    if (found == payload.end())
        return std::nullopt;
    const auto index = static_cast<std::int64_t>(found - payload.begin());
    const auto count = static_cast<std::int64_t>(payload.size());
    const std::int64_t all = history.rows(writer);
    Facts facts{.rows = all * (index + 1) / count - all * index / count, .first = 1 + all * index / count};
    setTimes(facts, object.path, history.at(writer).created);
    const std::int32_t by = object.checksum == found->checksum ? writer : history.rewriterOf(object.checksum);
    const std::string topic = object.path.substr(0, object.path.find('/'));
    const bool late = history.branchNames[history.at(by).branch] == history.storyBranch;
    ParquetTable table{.rows = facts.rows, .schema = history.schema(by)};
    const bool amountIsText = table.schema == "v7";
    table.codec = topic == "claims" && amountIsText ? "snappy" : "zstd";
    table.columns = topic == "claims" ? claims(facts, amountIsText, late && amountIsText) : columnsOf(topic, facts);
    // Claims are packed into one group of rows, the others as they came.
    table.groups = topic == "claims" ? 1 : 1 + object.size / 134'217'728;
    return table;
}

} // namespace andon::demo
