#pragma once
// The one grammar with which lists, palette, command line and links are filtered: words, field:value, negation, quotes,
// ranges, regular expressions. filterHelp() is its documentation. Pure.
#include "core/instant.h"
#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QTimeZone>

#include <limits>
#include <optional>
#include <vector>

namespace andon::text
{

enum class FieldKind { Text, Number, Time, Choice };

/// What a list can be asked for by name.
struct FilterField {
    QString name = {}; ///< lower case, without spaces: "message"
    FieldKind kind = FieldKind::Text;
    QStringList values = {}; ///< of a Choice all there are, otherwise some to complete with
    QStringList also = {}; ///< other names for it
    QString unit = {}; ///< of a Number: in what its numbers are given: "ms", "GB", "%"
    bool operator==(const FilterField &) const = default;
};

[[nodiscard]] FilterField wordField(const char *name);
[[nodiscard]] FilterField numberField(const char *name, const char *unit = "");
[[nodiscard]] FilterField timeField(const char *name);

/// What words are read against. Relative times count from `now`; dates are of `zone`.
struct FilterGrammar {
    std::vector<FilterField> fields = {};
    core::Instant now = {};
    QTimeZone zone = QTimeZone::systemTimeZone();
    [[nodiscard]] const FilterField *field(const QString &name) const; ///< nullptr when there is none
};

/// One thing that a term accepts.
struct FilterTest {
    enum class Op { Contains, Equals, Less, LessOrEqual, Greater, GreaterOrEqual, Between, Matches, Any };
    Op op = Op::Contains;
    QString words = {}; ///< as typed, without quotes and slashes; "" for an open begin of Between, and for Any
    QString to = {}; ///< the end of Between
    bool caseless = false; ///< of Matches: /…/i
    bool interval = false; ///< numbers and times: low and high decide, both included, times in ms since 1970
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool operator==(const FilterTest &) const = default;
};

/// Holds for a row when any of the tests does; negated, when none does.
struct FilterTerm {
    QString field = {}; ///< "": any column
    bool negated = false;
    std::vector<FilterTest> tests = {};
    bool operator==(const FilterTerm &) const = default;
};

/// A row is shown when all terms hold.
struct Filter {
    std::vector<FilterTerm> terms = {};
    [[nodiscard]] bool empty() const { return terms.empty(); }
    bool operator==(const Filter &) const = default;
};

enum class FilterFault {
    UnknownField,
    NoValue,
    NoNumber,
    NoTime,
    WrongUnit,
    NoSuchValue,
    BackwardRange,
    BadExpression,
    OpenQuote,
    OpenExpression,
    AfterQuote,
    NoOrder, ///< > and < of words
};

struct FilterProblem {
    FilterFault fault = FilterFault::NoValue;
    int start = 0; ///< where in the words
    int length = 0;
    QString sentence = {}; ///< what is wrong and what would be right
    QString instead = {}; ///< what probably was meant, to stand at that place; "" when nobody can know
    bool unfinished = false; ///< it is at the end of the words and may become right with more
};

struct FilterSpan {
    enum class Kind { Word, Field, Operator, Value, Expression, Bad };
    Kind kind = Kind::Word;
    int start = 0;
    int length = 0;
    bool operator==(const FilterSpan &) const = default;
};

struct ParsedFilter {
    Filter filter = {}; ///< of the terms that are right
    std::vector<FilterSpan> spans = {}; ///< ascending, without overlap
    std::optional<FilterProblem> problem = {}; ///< the first
};

[[nodiscard]] ParsedFilter parseFilter(const QString &words, const FilterGrammar &grammar);
/// The same for what must be right: Invalid with the sentence.
[[nodiscard]] core::Result<Filter> filterOf(const QString &words, const FilterGrammar &grammar);
/// Words that parse to the same filter.
[[nodiscard]] QString toWords(const Filter &filter);
[[nodiscard]] QString toWords(const FilterTerm &term);
/// One value as it must stand in a filter: in quotes when it needs them.
[[nodiscard]] QString quotedValue(const QString &value);

/// What may stand at the cursor: each of `words` instead of `length` characters from `start`.
struct FilterCompletion {
    int start = 0;
    int length = 0;
    QStringList words = {};
};
[[nodiscard]] FilterCompletion completeFilter(const QString &words, int cursor, const FilterGrammar &grammar);

/// The grammar in a few lines of plain text, for the tooltip of the bar, andonctl --help and the handbook; with the
/// names of the fields when there are some.
[[nodiscard]] QString filterHelp(const std::vector<FilterField> &fields = {});

} // namespace andon::text
