#include "models/rowmatcher.h"

#include "models/literalsearch.h"

#include <algorithm>
#include <cmath>

namespace andon::models
{

namespace
{

using Op = text::FilterTest::Op;

/// The row in whose text a place lies: hits ascend, so it is looked for from the last one on, ever further.
std::uint32_t rowAt(const TextColumn &text, std::size_t place, std::uint32_t from, std::uint32_t last)
{
    std::uint32_t step = 1;
    while (from + step < last && text.begin(from + step) <= place)
        from += std::exchange(step, step * 2);
    std::uint32_t beyond = std::min(last, from + step);
    while (beyond - from > 1) {
        const std::uint32_t middle = from + (beyond - from) / 2;
        (text.begin(middle) <= place ? from : beyond) = middle;
    }
    return from;
}

void markLiteral(const TextColumn &text, const std::string &needle, std::uint32_t first, std::uint32_t last,
                 std::vector<char> &marks)
{
    if (text.size() == 0 || first >= last)
        return;
    // Only to the end of the chunk, and each row but once.
    const std::size_t end = last < text.size() ? text.begin(last) : text.haystack().size();
    const std::string_view haystack = text.haystack().substr(0, end);
    std::uint32_t row = first;
    for (std::size_t at = findLiteral(haystack, needle, text.begin(first)); at != std::string_view::npos;) {
        row = rowAt(text, at, row, last);
        marks[row - first] = 1;
        if (++row >= last)
            return;
        at = findLiteral(haystack, needle, text.begin(row));
    }
}

bool within(const text::FilterTest &test, double value)
{
    return value >= test.low && value <= test.high;
}

/// Those that the test accepts.
QStringList names(const text::FilterTest &test, const QRegularExpression &expression, const QStringList &all)
{
    QStringList out;
    for (const QString &name : all) {
        const bool accepted = test.op == Op::Any ? true
            : test.op == Op::Matches             ? expression.match(name).hasMatch()
            : test.op == Op::Equals              ? name.compare(test.words, Qt::CaseInsensitive) == 0
                                                 : name.contains(test.words, Qt::CaseInsensitive);
        if (accepted)
            out << name;
    }
    return out;
}

} // namespace

RowMatcher::RowMatcher(const FilterRows &rows, const text::FilterTerm &term)
    : m_negated(term.negated)
{
    for (const text::FilterTest &one : term.tests) {
        Test test{.test = one, .needle = folded(one.words.toStdString())};
        if (one.op == Op::Matches) {
            test.expression = QRegularExpression(one.words,
                                                 one.caseless ? QRegularExpression::CaseInsensitiveOption
                                                              : QRegularExpression::NoPatternOption);
            test.expression.optimize();
            m_slow = true;
        }
        for (const FilterColumn &column : rows.columns()) {
            const bool named = column.field.name == term.field;
            if (!named && !(term.field.isEmpty() && !column.members))
                continue;
            if (column.members)
                test.members = column.members(column.anyName ? QStringList(one.words)
                                                             : names(test.test, test.expression, column.field.values));
            test.columns.push_back(&column);
        }
        m_tests.push_back(std::move(test));
    }
}

bool RowMatcher::holds(const Test &test, const FilterColumn &column, std::uint32_t row)
{
    if (column.members)
        return row < test.members.size() && test.members[row] != 0;
    if (test.test.interval)
        return row < column.numbers.size() && within(test.test, column.numbers[row]);
    const bool hasText = row < column.text.size();
    switch (test.test.op) {
    case Op::Any:
        return (hasText && !column.text.folded(row).empty())
            || (row < column.numbers.size() && !std::isnan(column.numbers[row]));
    case Op::Equals:
        return (hasText ? column.text.folded(row) : std::string_view()) == test.needle;
    case Op::Matches: {
        const std::string_view text = hasText ? column.text.original(row) : std::string_view();
        return test.expression.match(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).hasMatch();
    }
    default:
        return hasText && findLiteral(column.text.folded(row), test.needle, 0) != std::string_view::npos;
    }
}

void RowMatcher::markColumn(const Test &test, const FilterColumn &column, std::uint32_t first, std::uint32_t last,
                            std::vector<char> &marks)
{
    if (test.test.op == Op::Contains && !test.test.interval && !column.members)
        return markLiteral(column.text, test.needle, first, last, marks);
    if (test.test.interval && !column.members) {
        const auto end = std::min<std::size_t>(last, column.numbers.size());
        for (std::size_t row = first; row < end; ++row)
            marks[row - first] =
                static_cast<char>(marks[row - first] | (within(test.test, column.numbers[row]) ? 1 : 0));
        return;
    }
    for (std::uint32_t row = first; row < last; ++row)
        if (marks[row - first] == 0 && holds(test, column, row))
            marks[row - first] = 1;
}

bool RowMatcher::matches(std::uint32_t row) const
{
    return std::any_of(m_tests.begin(), m_tests.end(), [row](const Test &test) {
        return std::any_of(test.columns.begin(), test.columns.end(),
                           [&](const FilterColumn *column) { return holds(test, *column, row); });
    });
}

void RowMatcher::mark(std::uint32_t first, std::uint32_t last, std::vector<char> &marks) const
{
    for (const Test &test : m_tests)
        for (const FilterColumn *column : test.columns)
            markColumn(test, *column, first, last, marks);
}

} // namespace andon::models
