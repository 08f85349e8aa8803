#pragma once
// --filter of the commands that print lists: the words of the console's filter bars over the rows of a command.
#include "app/andonctl/command.h"
#include "models/filterrows.h"

class QCommandLineParser;

namespace andon::ctl
{

/// Of one field of one row: what is looked for as text and, of a number or a time, its value.
struct ListValue {
    std::string text = {};
    std::optional<double> number = {};
};

[[nodiscard]] ListValue numberValue(double number);
[[nodiscard]] ListValue numberValue(const std::optional<double> &number, double factor = 1);
[[nodiscard]] ListValue timeValue(core::Instant at);

[[nodiscard]] bool isFiltered(const QCommandLineParser &parser);
/// Invalid, with what is wrong and what would be right.
[[nodiscard]] core::Result<text::Filter> filterOf(const QCommandLineParser &parser,
                                                  std::vector<text::FilterField> fields);

/// What can be told before anything is asked: all but the names of fields that only the rows know.
[[nodiscard]] core::Result<void> checkFilter(const Command &command, const QCommandLineParser &parser);

/// The rows that --filter leaves, or all of them; `values` gives one for each of the fields.
template <typename Row, typename Values>
[[nodiscard]] core::Result<std::vector<Row>> filtered(const QCommandLineParser &parser,
                                                      const std::vector<text::FilterField> &fields,
                                                      std::vector<Row> rows, Values values);

/// Which of them --filter leaves, ascending.
[[nodiscard]] core::Result<std::vector<std::uint32_t>> leftOf(const QCommandLineParser &parser,
                                                              const std::vector<text::FilterField> &fields,
                                                              const std::vector<std::vector<ListValue>> &rows);

template <typename Row, typename Values>
core::Result<std::vector<Row>> filtered(const QCommandLineParser &parser, const std::vector<text::FilterField> &fields,
                                        std::vector<Row> rows, Values values)
{
    if (!isFiltered(parser))
        return rows;
    std::vector<std::vector<ListValue>> all;
    for (const Row &row : rows)
        all.push_back(values(row));
    const auto left = leftOf(parser, fields, all);
    if (!left)
        return core::fail(left.error());
    std::vector<Row> out;
    for (const std::uint32_t row : *left)
        out.push_back(std::move(rows[row]));
    return out;
}

} // namespace andon::ctl
