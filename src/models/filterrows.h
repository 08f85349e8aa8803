#pragma once
// The rows of a list as a filter reads them: a column's text lies row after row in one buffer, folded to lower case;
// numbers and times are plain vectors. A value: built once, then read by any thread.
#include "text/filter.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace andon::models
{

/// Text of a column. A byte that no UTF-8 has stands between rows, so that nothing is found across them.
class TextColumn
{
public:
    void add(std::string_view utf8);
    [[nodiscard]] std::size_t size() const { return m_folded.ends.size(); }
    [[nodiscard]] std::string_view folded(std::uint32_t row) const { return m_folded.of(row); }
    [[nodiscard]] std::string_view original(std::uint32_t row) const
    {
        return m_same ? m_folded.of(row) : m_original.of(row);
    }
    [[nodiscard]] std::string_view haystack() const { return m_folded.bytes; } ///< all folded text
    [[nodiscard]] std::size_t begin(std::uint32_t row) const { return m_folded.begin(row); } ///< in the haystack
    void reserve(std::size_t rows, std::size_t bytes);

private:
    struct Buffer {
        std::string bytes = {};
        std::vector<std::size_t> ends = {}; ///< of each row, behind its separator
        [[nodiscard]] std::size_t begin(std::uint32_t row) const { return row == 0 ? 0 : ends[row - 1]; }
        [[nodiscard]] std::string_view of(std::uint32_t row) const
        {
            return std::string_view(bytes).substr(begin(row), ends[row] - begin(row) - 1);
        }
        void add(std::string_view text);
    };
    Buffer m_folded;
    Buffer m_original; ///< empty while it would be the same
    bool m_same = true;
};

struct FilterColumn {
    text::FilterField field = {};
    TextColumn text = {};
    std::vector<double> numbers = {}; ///< of a Number or Time; NaN where there is none
    /// Which rows belong to any of these names, 1 or 0 for each: for what a row has many of, like branches. Instead of
    /// text; the names are the values of the field.
    std::function<std::vector<char>(const QStringList &names)> members = {};
    bool anyName = false; ///< the names are not listed: what was typed is one
};

class FilterRows
{
public:
    explicit FilterRows(std::vector<text::FilterField> fields);

    /// Texts and numbers of the row that is being added, in any order; what is left out is empty.
    void set(std::size_t column, std::string_view utf8);
    void set(std::size_t column, double number);
    void endRow();
    void setMembers(std::size_t column, std::function<std::vector<char>(const QStringList &names)> members,
                    bool anyName = false);
    void reserve(std::size_t rows);
    /// Also while rows are being added: those before have nothing in it. Its place is returned.
    std::size_t addColumn(text::FilterField field);
    void setField(std::size_t column, text::FilterField field) { m_columns[column].field = std::move(field); }

    [[nodiscard]] std::uint32_t size() const { return m_rows; }
    [[nodiscard]] const std::vector<FilterColumn> &columns() const { return m_columns; }
    [[nodiscard]] std::vector<text::FilterField> fields() const;

private:
    std::vector<FilterColumn> m_columns;
    std::uint32_t m_rows = 0;
};

/// As it is looked for: lower case, UTF-8.
[[nodiscard]] std::string folded(std::string_view utf8);

} // namespace andon::models
