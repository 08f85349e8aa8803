#pragma once
// The fields of a table, or of two beside each other: CSV and Parquet, in the window and in andonctl. Pure.
#include "factory/objectpreview.h"

#include <QStringList>

namespace andon::models
{

/// Indices of one field in two tables; -1: not there.
struct FieldPair {
    int left = -1;
    int right = -1;
    bool type = false; ///< differs
    bool empty = false; ///< by more than one value in a hundred
    bool values = false;
    [[nodiscard]] bool differs() const { return left < 0 || right < 0 || type || empty; }
};

/// In the order of both; what moved stands twice.
[[nodiscard]] std::vector<FieldPair> fieldPairs(const std::vector<factory::TableField> &left,
                                                const std::vector<factory::TableField> &right);
[[nodiscard]] QString emptyWords(const factory::TableField &field); ///< "0.1 %"; "—" when it is not known
[[nodiscard]] QString valuesWords(const factory::TableField &field); ///< "0.50 – 48 200.00", "17 values", "—"
/// "zstd", "1 214 806 rows", "2 row groups".
[[nodiscard]] QStringList tableFacts(const factory::ObjectPreview &table);
/// Why a Parquet file shows nothing.
[[nodiscard]] QString unreadableWords(const core::Error &error);

} // namespace andon::models
