#include "models/tablefields.h"

#include "text/linepairs.h"
#include "text/plain.h"
#include "text/units.h"

#include <QCoreApplication>

#include <cmath>

namespace andon::models
{

namespace
{

using factory::TableField;
using versions::FieldValues;

struct TableWords {
    Q_DECLARE_TR_FUNCTIONS(TableWords)
};

constexpr qsizetype kDay = 10; // "2026-10-31"
constexpr qsizetype kYear = 5; // "2026-"

std::vector<std::string> namesOf(const std::vector<TableField> &fields)
{
    std::vector<std::string> names;
    for (const TableField &field : fields)
        names.push_back(field.name);
    return names;
}

std::optional<double> emptyShare(const TableField &field)
{
    if (!field.empty || !field.count)
        return std::nullopt;
    return *field.count > 0 ? static_cast<double>(*field.empty) / static_cast<double>(*field.count) : 0;
}

bool emptyDiffers(const TableField &a, const TableField &b)
{
    const auto x = emptyShare(a);
    const auto y = emptyShare(b);
    return x && y && std::abs(*x - *y) > 0.01;
}

/// "-48200.00" in groups; all its digits stay.
QString grouped(const std::string &number)
{
    const std::size_t point = std::min(number.find('.'), number.size());
    const std::string_view whole = std::string_view(number).substr(number.starts_with('-') ? 1 : 0, point);
    if (number.find_first_not_of("-.0123456789") != std::string::npos || whole.size() > 15)
        return text::visible(number);
    const int decimals = static_cast<int>(number.size() - std::min(number.size(), point + 1));
    if (number.size() - point == 0)
        return text::count(std::stoll(number));
    return number.size() <= 15 ? text::number(std::stod(number), decimals) : text::visible(number);
}

QString rangeOf(const TableField &field)
{
    if (field.values == FieldValues::Number) {
        const QString least = grouped(field.least);
        return field.least == field.greatest ? least : least + QStringLiteral(" – ") + grouped(field.greatest);
    }
    QString least = text::visible(field.least);
    QString greatest = text::visible(field.greatest);
    if (field.values == FieldValues::Moment && least.size() > kDay && least.left(kDay) != greatest.left(kDay)) {
        least.truncate(kDay); // the days are what a column has room for
        greatest.truncate(kDay);
    }
    if (field.values == FieldValues::Moment && least != greatest && greatest.size() == kDay
        && least.left(kYear) == greatest.left(kYear))
        greatest.remove(0, kYear); // "2026-10-01 – 10-31"
    return least == greatest ? least : least + QStringLiteral(" – ") + greatest;
}

} // namespace

std::vector<FieldPair> fieldPairs(const std::vector<TableField> &left, const std::vector<TableField> &right)
{
    std::vector<FieldPair> pairs;
    for (const auto &[i, j] : text::linePairs(namesOf(left), namesOf(right))) {
        const TableField *a = i < 0 ? nullptr : &left[static_cast<std::size_t>(i)];
        const TableField *b = j < 0 ? nullptr : &right[static_cast<std::size_t>(j)];
        if (a && b && a->name == b->name) {
            const bool type = a->type != b->type;
            pairs.push_back({i, j, type, emptyDiffers(*a, *b), type && valuesWords(*a) != valuesWords(*b)});
            continue;
        }
        // Beside each other only what has one name.
        if (a)
            pairs.push_back({.left = i});
        if (b)
            pairs.push_back({.right = j});
    }
    return pairs;
}

QString emptyWords(const TableField &field)
{
    const auto share = emptyShare(field);
    if (!share)
        return QStringLiteral("—");
    // Neither none nor all when a few are, or are not.
    if (*field.empty > 0 && *share < 0.0005)
        return QStringLiteral("< %1\u00a0%").arg(text::number(0.1, 1));
    if (*field.empty<*field.count && * share> 0.9995)
        return QStringLiteral("> %1\u00a0%").arg(text::number(99.9, 1));
    return text::number(100 * *share, 1) + QStringLiteral("\u00a0%");
}

QString valuesWords(const TableField &field)
{
    const bool allEmpty = field.empty && field.count && *field.empty == *field.count;
    if (allEmpty)
        return TableWords::tr("none");
    const bool known = !field.least.empty();
    const bool single = known && field.least == field.greatest;
    // What repeats itself is a kind or refers to something: how many there are says more than the least and the
    // greatest. CSV counts what it read alone.
    const bool repeats = field.counted ? field.count && field.empty && field.distinct < *field.count - *field.empty
                                       : field.values == FieldValues::Text;
    if (single || field.distinct.value_or(0) == 0 || (known && !repeats))
        return known ? rangeOf(field) : QStringLiteral("—");
    if (!field.counted && *field.distinct >= factory::kMostDistinct)
        return TableWords::tr("%1 values and more").arg(text::count(*field.distinct));
    return *field.distinct == 1 ? TableWords::tr("%n value(s)", nullptr, 1)
                                : TableWords::tr("%1 values").arg(text::count(*field.distinct));
}

QStringList tableFacts(const factory::ObjectPreview &table)
{
    QStringList facts;
    if (!table.footer) {
        facts
            << (table.whole
                    ? TableWords::tr("%1 rows").arg(text::count(table.rows))
                    : TableWords::tr("%1 rows in the first %2").arg(text::count(table.rows), text::bytes(table.read)));
        return facts;
    }
    if (!table.footer->codec.empty())
        facts << text::visible(table.footer->codec);
    facts << TableWords::tr("%1 rows").arg(text::count(table.rows));
    facts << TableWords::tr("%n row group(s)", nullptr, static_cast<int>(table.footer->rowGroups));
    return facts;
}

QString unreadableWords(const core::Error &error)
{
    namespace hint = versions::parquethint;
    if (error.hint == hint::kEncrypted)
        return TableWords::tr("Its footer is encrypted: what it holds cannot be told without its key.");
    if (error.hint == hint::kNone)
        return TableWords::tr("It is called Parquet and is none: it does not end as one.");
    if (error.hint == hint::kLarge)
        return TableWords::tr("What it says of itself is longer than what is read of one: %1.")
            .arg(text::visible(error.detail));
    return TableWords::tr("Its footer is damaged: %1.").arg(text::visible(error.detail));
}

} // namespace andon::models
