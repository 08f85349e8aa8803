#include "app/andonctl/listfilter.h"

#include "app/andonctl/output.h"
#include "core/clock.h"
#include "models/rowfilter.h"

#include <QCommandLineParser>

namespace andon::ctl
{

ListValue numberValue(double value)
{
    return {number(value), value};
}

ListValue numberValue(const std::optional<double> &value, double factor)
{
    return value ? numberValue(*value * factor) : ListValue{};
}

ListValue timeValue(core::Instant at)
{
    return at.known() ? ListValue{isoTime(at), static_cast<double>(at.ms)} : ListValue{};
}

bool isFiltered(const QCommandLineParser &parser)
{
    return parser.isSet(QStringLiteral("filter"));
}

core::Result<text::Filter> filterOf(const QCommandLineParser &parser, std::vector<text::FilterField> fields)
{
    return text::filterOf(parser.value(QStringLiteral("filter")),
                          {.fields = std::move(fields), .now = core::SystemClock().now()});
}

core::Result<void> checkFilter(const Command &command, const QCommandLineParser &parser)
{
    if (command.filter.empty() || !isFiltered(parser))
        return {};
    const auto parsed = text::parseFilter(parser.value(QStringLiteral("filter")),
                                          {.fields = command.filter, .now = core::SystemClock().now()});
    if (!parsed.problem || parsed.problem->fault == text::FilterFault::UnknownField)
        return {};
    return core::fail(core::ErrorKind::Invalid, "filter", parsed.problem->sentence.toStdString());
}

core::Result<std::vector<std::uint32_t>> leftOf(const QCommandLineParser &parser,
                                                const std::vector<text::FilterField> &fields,
                                                const std::vector<std::vector<ListValue>> &rows)
{
    const auto filter = filterOf(parser, fields);
    if (!filter)
        return core::fail(filter.error());
    models::FilterRows table(fields);
    for (const std::vector<ListValue> &row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            table.set(i, std::string_view(row[i].text));
            if (row[i].number)
                table.set(i, *row[i].number);
        }
        table.endRow();
    }
    return models::filterRows(table, *filter).value_or(models::RowNumbers{});
}

} // namespace andon::ctl
