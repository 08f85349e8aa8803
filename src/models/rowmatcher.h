#pragma once
// One term of a filter, made ready for the columns that it looks at. Reads the rows; any thread.
#include "models/filterrows.h"

#include <QRegularExpression>

namespace andon::models
{

class RowMatcher
{
public:
    RowMatcher(const FilterRows &rows, const text::FilterTerm &term);
    [[nodiscard]] bool negated() const { return m_negated; }
    [[nodiscard]] bool slow() const { return m_slow; } ///< an expression: row by row only
    /// One of the tests holds; negation is left to the caller, here and below.
    [[nodiscard]] bool matches(std::uint32_t row) const;
    /// Sets marks[row - first] to 1 where one of the tests holds.
    void mark(std::uint32_t first, std::uint32_t last, std::vector<char> &marks) const;

private:
    struct Test {
        text::FilterTest test = {};
        std::string needle = {}; ///< folded
        QRegularExpression expression = {};
        std::vector<const FilterColumn *> columns = {};
        std::vector<char> members = {}; ///< of a column that has members
    };
    [[nodiscard]] static bool holds(const Test &test, const FilterColumn &column, std::uint32_t row);
    static void markColumn(const Test &test, const FilterColumn &column, std::uint32_t first, std::uint32_t last,
                           std::vector<char> &marks);

    std::vector<Test> m_tests;
    bool m_negated = false;
    bool m_slow = false;
};

} // namespace andon::models
