#include "models/filterrows.h"

#include <algorithm>
#include <cmath>

namespace andon::models
{

namespace
{

constexpr char kBetween = '\xff';

bool ascii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

} // namespace

std::string folded(std::string_view utf8)
{
    if (!ascii(utf8))
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toCaseFolded().toStdString();
    std::string out(utf8);
    for (char &c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return out;
}

void TextColumn::Buffer::add(std::string_view text)
{
    bytes.append(text);
    bytes.push_back(kBetween);
    ends.push_back(bytes.size());
}

void TextColumn::add(std::string_view utf8)
{
    std::string kept;
    if (!ascii(utf8)) { // never a byte that could pass for a border
        kept = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toStdString();
        utf8 = kept;
    }
    const std::string lower = models::folded(utf8);
    if (m_same && lower != utf8) {
        m_original = m_folded;
        m_same = false;
    }
    if (!m_same)
        m_original.add(utf8);
    m_folded.add(lower);
}

void TextColumn::reserve(std::size_t rows, std::size_t bytes)
{
    m_folded.ends.reserve(rows);
    m_folded.bytes.reserve(bytes);
}

FilterRows::FilterRows(std::vector<text::FilterField> fields)
{
    for (text::FilterField &field : fields)
        m_columns.push_back({.field = std::move(field)});
}

void FilterRows::set(std::size_t column, std::string_view utf8)
{
    TextColumn &text = m_columns[column].text;
    for (std::size_t row = text.size(); row < m_rows; ++row) // the first text of the column comes late
        text.add({});
    text.add(utf8);
}

void FilterRows::set(std::size_t column, double number)
{
    m_columns[column].numbers.resize(m_rows, std::nan(""));
    m_columns[column].numbers.push_back(number);
}

void FilterRows::endRow()
{
    ++m_rows;
    for (FilterColumn &column : m_columns) {
        if (column.text.size() > 0 && column.text.size() < m_rows)
            column.text.add({});
        if (!column.numbers.empty() && column.numbers.size() < m_rows)
            column.numbers.push_back(std::nan(""));
    }
}

std::size_t FilterRows::addColumn(text::FilterField field)
{
    m_columns.push_back({.field = std::move(field)});
    return m_columns.size() - 1;
}

void FilterRows::setMembers(std::size_t column, std::function<std::vector<char>(const QStringList &)> members,
                            bool anyName)
{
    m_columns[column].members = std::move(members);
    m_columns[column].anyName = anyName;
}

void FilterRows::reserve(std::size_t rows)
{
    for (FilterColumn &column : m_columns)
        if (column.field.kind == text::FieldKind::Number || column.field.kind == text::FieldKind::Time)
            column.numbers.reserve(rows);
        else
            column.text.reserve(rows, rows * 16);
}

std::vector<text::FilterField> FilterRows::fields() const
{
    std::vector<text::FilterField> out;
    for (const FilterColumn &column : m_columns)
        out.push_back(column.field);
    return out;
}

} // namespace andon::models
