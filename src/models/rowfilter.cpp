#include "models/rowfilter.h"

#include "models/rowmatcher.h"

#include <algorithm>
#include <numeric>

namespace andon::models
{

namespace
{

constexpr std::uint32_t kChunk = 65'536;
constexpr std::uint32_t kFirstChunk = 1'024; // of an expression, which is slow: its first hits come soon
constexpr std::uint32_t kLastChunk = 16'384;
constexpr std::size_t kSparse = 8; // fewer rows than one in eight are looked at one by one

/// Rows of one chunk that are still in.
struct Chunk {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    bool all = true; ///< `rows` is not made yet
    RowNumbers rows = {};
    [[nodiscard]] std::uint32_t size() const { return last - first; }
};

void keepMarked(Chunk &chunk, const std::vector<char> &marks, bool negated)
{
    const char wanted = negated ? 0 : 1;
    RowNumbers left;
    if (chunk.all) {
        left.reserve(static_cast<std::size_t>(std::count(marks.begin(), marks.end(), wanted)));
        for (std::uint32_t i = 0; i < chunk.size(); ++i)
            if (marks[i] == wanted)
                left.push_back(chunk.first + i);
    } else {
        for (const std::uint32_t row : chunk.rows)
            if (marks[row - chunk.first] == wanted)
                left.push_back(row);
    }
    chunk.rows = std::move(left);
    chunk.all = false;
}

/// False when it was cancelled.
bool apply(const RowMatcher &term, Chunk &chunk, std::vector<char> &marks, const core::Cancel &cancel)
{
    const bool sparse = !chunk.all && chunk.rows.size() * kSparse < chunk.size();
    if (!sparse && !term.slow()) {
        marks.assign(chunk.size(), 0);
        term.mark(chunk.first, chunk.last, marks);
        keepMarked(chunk, marks, term.negated());
        return !cancel.cancelled();
    }
    if (chunk.all) {
        chunk.rows.resize(chunk.size());
        std::iota(chunk.rows.begin(), chunk.rows.end(), chunk.first);
        chunk.all = false;
    }
    std::size_t kept = 0;
    for (const std::uint32_t row : chunk.rows) {
        if (cancel.cancelled())
            return false;
        if (term.matches(row) != term.negated())
            chunk.rows[kept++] = row;
    }
    chunk.rows.resize(kept);
    return true;
}

Chunk chunkOf(std::uint32_t first, std::uint32_t last, const RowNumbers *within)
{
    Chunk chunk{.first = first, .last = last, .all = within == nullptr};
    if (within) {
        const auto begin = std::lower_bound(within->begin(), within->end(), first);
        chunk.rows.assign(begin, std::lower_bound(begin, within->end(), last));
    }
    return chunk;
}

} // namespace

std::optional<RowNumbers> filterRows(const FilterRows &rows, const text::Filter &filter, const FilterRun &run)
{
    std::vector<RowMatcher> terms;
    for (const text::FilterTerm &term : filter.terms)
        terms.emplace_back(rows, term);
    std::stable_partition(terms.begin(), terms.end(), [](const RowMatcher &term) { return !term.slow(); });
    const bool slow = !terms.empty() && terms.back().slow();
    std::uint32_t step = slow ? kFirstChunk : kChunk;
    RowNumbers out;
    std::vector<char> marks;
    for (std::uint32_t first = 0; first < rows.size();
         first += step, step = slow ? std::min(kLastChunk, 2 * step) : step) {
        Chunk chunk = chunkOf(first, std::min(rows.size(), first + step), run.within);
        for (const RowMatcher &term : terms)
            if (!apply(term, chunk, marks, run.cancel))
                return std::nullopt;
        if (run.cancel.cancelled())
            return std::nullopt;
        if (chunk.all) {
            chunk.rows.resize(chunk.size());
            std::iota(chunk.rows.begin(), chunk.rows.end(), chunk.first);
        }
        out.insert(out.end(), chunk.rows.begin(), chunk.rows.end());
        if (run.onChunk && !chunk.rows.empty())
            run.onChunk(chunk.rows, chunk.last);
    }
    return out;
}

bool narrows(const text::Filter &before, const text::Filter &after)
{
    if (before.terms.size() > after.terms.size())
        return false;
    for (std::size_t i = 0; i < before.terms.size(); ++i) {
        const text::FilterTerm &was = before.terms[i];
        const text::FilterTerm &is = after.terms[i];
        if (was == is)
            continue;
        const bool extended = was.field == is.field && !was.negated && !is.negated && was.tests.size() == 1
            && is.tests.size() == 1 && was.tests[0].op == text::FilterTest::Op::Contains
            && is.tests[0].op == text::FilterTest::Op::Contains && !was.tests[0].interval
            && is.tests[0].words.contains(was.tests[0].words);
        if (!extended)
            return false;
    }
    return true;
}

RowFilter::RowFilter(std::shared_ptr<const FilterRows> rows)
    : m_rows(std::move(rows))
{
}

std::shared_ptr<const RowNumbers> RowFilter::apply(const text::Filter &filter, FilterRun run)
{
    if (m_answer && filter == m_filter && !run.onChunk)
        return m_answer;
    const auto kept = m_answer;
    if (kept && !run.within && narrows(m_filter, filter))
        run.within = kept.get();
    auto found = filterRows(*m_rows, filter, run);
    if (!found)
        return nullptr;
    m_filter = filter;
    m_answer = std::make_shared<const RowNumbers>(std::move(*found));
    return m_answer;
}

} // namespace andon::models
