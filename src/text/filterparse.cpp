// Words to terms. A term that is wrong is left out and the first such is told; the rest still filters.
#include "text/filterreader.h"
#include "text/filtervalues.h"

#include <cmath>

namespace andon::text
{

namespace
{

using Op = FilterTest::Op;
using Kind = FilterSpan::Kind;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

struct Sign {
    QStringView word;
    Op op;
};
constexpr Sign kSigns[] = {
    {u">=", Op::GreaterOrEqual}, {u"<=", Op::LessOrEqual}, {u">", Op::Greater}, {u"<", Op::Less}, {u"=", Op::Equals}};

double above(double value)
{
    return std::nextafter(value, kInfinite);
}

double below(double value)
{
    return std::nextafter(value, -kInfinite);
}

/// [from, to]: the interval that an operator makes of a number.
void setNumber(FilterTest &test, const Quantity &q)
{
    test.interval = true;
    switch (test.op) {
    case Op::Greater:
        test.low = above(q.value);
        break;
    case Op::GreaterOrEqual:
        test.low = q.value;
        break;
    case Op::Less:
        test.high = below(q.value);
        break;
    case Op::LessOrEqual:
        test.high = q.value;
        break;
    case Op::Equals:
        test.low = test.high = q.value;
        break;
    default: // what is shown as this number
        test.low = q.value - q.step / 2;
        test.high = below(q.value + q.step / 2);
    }
}

void setTime(FilterTest &test, const Period &p)
{
    const auto last = static_cast<double>(p.to > p.from ? p.to - 1 : p.to);
    const auto first = static_cast<double>(p.from);
    test.interval = true;
    if (test.op == Op::Greater)
        test.low = last + 1;
    else if (test.op == Op::Less)
        test.high = first - 1;
    if (test.op != Op::Greater && test.op != Op::Less && test.op != Op::LessOrEqual)
        test.low = first;
    if (test.op == Op::LessOrEqual || test.op == Op::Equals || test.op == Op::Contains)
        test.high = last;
}

class Parser
{
public:
    Parser(const QString &words, const FilterGrammar &grammar)
        : m_reader(words, m_out)
        , m_grammar(grammar)
    {
    }

    ParsedFilter run()
    {
        while (m_reader.skipSpace()) {
            m_term = {};
            m_failed = false;
            term();
            if (!m_failed && !m_term.tests.empty())
                m_out.filter.terms.push_back(m_term);
        }
        return std::move(m_out);
    }

private:
    void term();
    void tests(const FilterField &field);
    bool test(const FilterField &field);
    bool value(const FilterField &field, FilterTest &test, const Piece &piece);
    bool between(const FilterField &field, FilterTest &test, const Piece &piece);
    bool number(const FilterField &field, FilterTest &test, const Piece &piece, const QString &words);
    bool choice(const FilterField &field, FilterTest &test, const Piece &piece);
    void unknownField(int from, const QString &name);
    bool fail(FilterFault fault, int start, int length, const QString &sentence, const QString &instead = {},
              bool unfinished = false)
    {
        m_failed = true;
        m_reader.fail({fault, start, length, sentence, instead, unfinished && m_reader.atEnd()});
        return false;
    }

    ParsedFilter m_out;
    Reader m_reader;
    const FilterGrammar &m_grammar;
    FilterTerm m_term;
    int m_begin = 0; ///< of the field's name
    bool m_failed = false;
};

void Parser::term()
{
    const int from = m_reader.at();
    if (m_reader.peek() == u'-' && !m_reader.spaceAfter(1)) {
        m_term.negated = true;
        m_reader.take(1, Kind::Operator);
    }
    if (const QString name = m_reader.fieldName(); !name.isEmpty()) {
        const FilterField *field = m_grammar.field(name);
        if (!field)
            return unknownField(from, name);
        m_term.field = field->name;
        m_begin = m_reader.at();
        m_reader.take(static_cast<int>(name.size()), Kind::Field);
        m_reader.take(1, Kind::Operator);
        return tests(*field);
    }
    const Piece piece = m_reader.piece(false);
    if (piece.problem)
        return void(m_failed = true);
    if (piece.kind == Piece::Word && piece.text == u"-")
        return; // what it denies is still to come
    m_term.tests.push_back({.op = piece.kind == Piece::Expression ? Op::Matches : Op::Contains,
                            .words = piece.text,
                            .caseless = piece.caseless});
    m_reader.paint(piece, piece.kind == Piece::Expression ? Kind::Expression : Kind::Word);
}

void Parser::unknownField(int from, const QString &name)
{
    QStringList names;
    for (const FilterField &field : m_grammar.fields)
        names << field.name;
    const QString meant = nearest(name, names);
    const int start = from + (m_term.negated ? 1 : 0);
    m_reader.skipTerm();
    const QString what = filterTr("There is no field \"%1\" here.").arg(name) + u' ';
    fail(FilterFault::UnknownField, start, static_cast<int>(name.size()),
         what
             + (!meant.isEmpty() ? filterTr("Did you mean %1:? In quotes it is looked for as it stands.").arg(meant)
                    : names.isEmpty() ? filterTr("In quotes it is looked for as it stands.")
                                      : filterTr("There are: %1. In quotes it is looked for as it stands.")
                                            .arg(names.join(QStringLiteral(", ")))),
         meant);
}

void Parser::tests(const FilterField &field)
{
    for (;;) {
        if (!test(field)) {
            m_reader.skipTerm();
            return;
        }
        if (m_reader.peek() != u',')
            return;
        m_reader.take(1, Kind::Operator);
    }
}

bool Parser::test(const FilterField &field)
{
    FilterTest test;
    for (const Sign &sign : kSigns)
        if (test.op == Op::Contains && m_reader.startsWith(sign.word)) {
            test.op = sign.op;
            m_reader.take(static_cast<int>(sign.word.size()), Kind::Operator);
        }
    const Piece piece = m_reader.piece(true);
    if (piece.problem)
        return !(m_failed = true);
    if (piece.kind == Piece::Word && piece.text.isEmpty())
        return fail(FilterFault::NoValue, m_begin, m_reader.at() - m_begin,
                    filterTr("After %1: a value is missing; %1:* means any.").arg(field.name), {}, true);
    if (piece.kind == Piece::Word && test.op == Op::Contains && piece.text == u"*") {
        test.op = Op::Any;
        m_reader.paint(piece, Kind::Operator);
        m_term.tests.push_back(test);
        return true;
    }
    if (piece.kind == Piece::Expression && test.op == Op::Contains) {
        test.op = Op::Matches;
        test.words = piece.text;
        test.caseless = piece.caseless;
        m_reader.paint(piece, Kind::Expression);
        m_term.tests.push_back(test);
        return true;
    }
    test.words = piece.text;
    if (!value(field, test, piece))
        return false;
    m_term.tests.push_back(test);
    return true;
}

bool Parser::value(const FilterField &field, FilterTest &test, const Piece &piece)
{
    const bool ordered = field.kind == FieldKind::Number || field.kind == FieldKind::Time;
    if (!ordered && test.op != Op::Contains && test.op != Op::Equals)
        return fail(
            FilterFault::NoOrder, piece.start, piece.length,
            filterTr("%1 holds words, which are not more or less than others. In quotes the sign is looked for.")
                .arg(field.name));
    if (ordered && piece.kind != Piece::Quoted && test.op == Op::Contains && piece.text.contains(u".."))
        return between(field, test, piece);
    if (field.kind == FieldKind::Choice && !choice(field, test, piece))
        return false;
    if (ordered && !number(field, test, piece, test.words))
        return false;
    m_reader.paint(piece, Kind::Value);
    return true;
}

bool Parser::number(const FilterField &field, FilterTest &test, const Piece &piece, const QString &words)
{
    bool wrongUnit = false;
    if (field.kind == FieldKind::Time) {
        const auto time = period(words, m_grammar);
        if (!time)
            return fail(FilterFault::NoTime, piece.start, piece.length,
                        filterTr("\"%1\" is no time: now-6h, now/d, 2026-11-24, 2026-11-24T10:00 are.").arg(words), {},
                        true);
        if (time->from == time->to && (test.op == Op::Contains || test.op == Op::Equals) && words.contains(u"now"))
            return fail(FilterFault::NoTime, piece.start, piece.length,
                        filterTr("A moment holds nothing: %1:>%2 is since then.").arg(field.name, words), u'>' + words,
                        true);
        setTime(test, *time);
        return true;
    }
    const auto found = quantity(words, field.unit, &wrongUnit);
    if (!found && wrongUnit && !field.unit.isEmpty())
        return fail(FilterFault::WrongUnit, piece.start, piece.length,
                    filterTr("%1 is measured in %2: \"%3\" has another unit.").arg(field.name, field.unit, words), {},
                    true);
    if (!found)
        return fail(FilterFault::NoNumber, piece.start, piece.length,
                    filterTr("%1 is a number: \"%2\" is none. >5, 1..5 and 12%3 are.")
                        .arg(field.name, words, field.unit.isEmpty() ? QStringLiteral("k") : field.unit),
                    {}, true);
    setNumber(test, *found);
    return true;
}

bool Parser::between(const FilterField &field, FilterTest &test, const Piece &piece)
{
    const qsizetype dots = piece.text.indexOf(u"..");
    test.words = piece.text.left(dots);
    test.to = piece.text.mid(dots + 2);
    if (test.words.isEmpty() && test.to.isEmpty())
        return fail(FilterFault::NoValue, piece.start, piece.length,
                    filterTr("A range needs an end: 1..5, 1.. or ..5."), {}, true);
    FilterTest low{.op = Op::GreaterOrEqual};
    FilterTest high{.op = Op::LessOrEqual};
    if ((!test.words.isEmpty() && !number(field, low, piece, test.words))
        || (!test.to.isEmpty() && !number(field, high, piece, test.to)))
        return false;
    test.op = Op::Between;
    test.interval = true;
    test.low = low.low;
    test.high = high.high;
    if (test.low > test.high)
        return fail(FilterFault::BackwardRange, piece.start, piece.length,
                    filterTr("The range ends before it begins: %1..%2?").arg(test.to, test.words),
                    test.to + QStringLiteral("..") + test.words, true);
    const int begin = piece.start + static_cast<int>(dots);
    m_reader.paint(piece.start, static_cast<int>(dots), Kind::Value);
    m_reader.paint(begin, 2, Kind::Operator);
    m_reader.paint(begin + 2, piece.length - static_cast<int>(dots) - 2, Kind::Value);
    return true;
}

bool Parser::choice(const FilterField &field, FilterTest &test, const Piece &piece)
{
    test.op = Op::Equals;
    if (field.values.contains(test.words, Qt::CaseInsensitive))
        return true;
    const QString meant = nearest(test.words, field.values);
    bool begins = false;
    for (const QString &value : field.values)
        begins = begins || value.startsWith(test.words, Qt::CaseInsensitive);
    const QString what = filterTr("%1 is never \"%2\".").arg(field.name, test.words) + u' ';
    return fail(FilterFault::NoSuchValue, piece.start, piece.length,
                what
                    + (meant.isEmpty()
                           ? filterTr("There are: %1.").arg(field.values.mid(0, 12).join(QStringLiteral(", ")))
                           : filterTr("Did you mean %1?").arg(meant)),
                meant.isEmpty() ? QString() : quotedValue(meant), begins);
}

} // namespace

const FilterField *FilterGrammar::field(const QString &name) const
{
    for (const FilterField &one : fields)
        if (one.name.compare(name, Qt::CaseInsensitive) == 0 || one.also.contains(name, Qt::CaseInsensitive))
            return &one;
    return nullptr;
}

ParsedFilter parseFilter(const QString &words, const FilterGrammar &grammar)
{
    return Parser(words, grammar).run();
}

core::Result<Filter> filterOf(const QString &words, const FilterGrammar &grammar)
{
    ParsedFilter parsed = parseFilter(words, grammar);
    if (parsed.problem)
        return core::fail(core::ErrorKind::Invalid, "filter", parsed.problem->sentence.toStdString());
    return std::move(parsed.filter);
}

} // namespace andon::text
