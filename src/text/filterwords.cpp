// Terms back to words, and the grammar in words.
#include "text/filterreader.h"

namespace andon::text
{

namespace
{

using Op = FilterTest::Op;

QString inQuotes(const QString &value)
{
    QString escaped = value;
    escaped.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + escaped + u'"';
}

bool plain(const QString &value, QStringView never)
{
    if (value.isEmpty() || QStringView(u"-\"/><=*").contains(value.front()))
        return false;
    for (const QChar c : value)
        if (c.isSpace() || never.contains(c))
            return false;
    return true;
}

QString expressionWords(const FilterTest &test)
{
    QString out = QStringLiteral("/");
    for (qsizetype i = 0; i < test.words.size(); ++i) {
        if (test.words[i] == u'\\' && i + 1 < test.words.size())
            out += test.words[i++];
        else if (test.words[i] == u'/')
            out += u'\\';
        out += test.words[i];
    }
    return out + (test.caseless ? QStringLiteral("/i") : QStringLiteral("/"));
}

QString testWords(const FilterTest &test, bool inField)
{
    const QString value = inField ? quotedValue(test.words)
        : plain(test.words, u":") ? test.words
                                  : inQuotes(test.words);
    switch (test.op) {
    case Op::Contains:
        return value;
    case Op::Equals:
        return u'=' + value;
    case Op::Less:
        return u'<' + value;
    case Op::LessOrEqual:
        return QStringLiteral("<=") + value;
    case Op::Greater:
        return u'>' + value;
    case Op::GreaterOrEqual:
        return QStringLiteral(">=") + value;
    case Op::Between:
        return test.words + QStringLiteral("..") + test.to;
    case Op::Matches:
        return expressionWords(test);
    default:
        return QStringLiteral("*");
    }
}

} // namespace

FilterField wordField(const char *name)
{
    return {.name = QString::fromLatin1(name)};
}

FilterField numberField(const char *name, const char *unit)
{
    return {.name = QString::fromLatin1(name), .kind = FieldKind::Number, .unit = QString::fromUtf8(unit)};
}

FilterField timeField(const char *name)
{
    return {.name = QString::fromLatin1(name), .kind = FieldKind::Time};
}

QString quotedValue(const QString &value)
{
    return plain(value, u",") && !value.contains(u"..") ? value : inQuotes(value);
}

QString toWords(const FilterTerm &term)
{
    QStringList tests;
    for (const FilterTest &test : term.tests)
        tests << testWords(test, !term.field.isEmpty());
    return (term.negated ? QStringLiteral("-") : QString()) + (term.field.isEmpty() ? QString() : term.field + u':')
        + tests.join(u',');
}

QString toWords(const Filter &filter)
{
    QStringList terms;
    for (const FilterTerm &term : filter.terms)
        terms << toWords(term);
    return terms.join(u' ');
}

QString filterHelp(const std::vector<FilterField> &fields)
{
    struct Line {
        QString words;
        QString meaning;
    };
    const auto line = [](const char *words, const char *meaning) {
        return Line{QString::fromUtf8(words), filterTr(meaning)};
    };
    const std::vector<Line> lines{
        line("word", QT_TRANSLATE_NOOP("Filter", "any column has it, in capitals or not")),
        line("\"two words\"", QT_TRANSLATE_NOOP("Filter", "with its spaces and signs")),
        line("a b", QT_TRANSLATE_NOOP("Filter", "both")),
        line("-word", QT_TRANSLATE_NOOP("Filter", "not")),
        line("field:value", QT_TRANSLATE_NOOP("Filter", "this column has it")),
        line("field:a,b", QT_TRANSLATE_NOOP("Filter", "either")),
        line("field:=value", QT_TRANSLATE_NOOP("Filter", "it is exactly that")),
        line("field:*  -field:*", QT_TRANSLATE_NOOP("Filter", "it has any value; none")),
        line("field:>5  field:<=5ms", QT_TRANSLATE_NOOP("Filter", "numbers, also with units: 3GB 2h 12%")),
        line("field:1..5", QT_TRANSLATE_NOOP("Filter", "from 1 to 5; 1.. and ..5 are open")),
        line("time:>now-7d", QT_TRANSLATE_NOOP("Filter", "times: now-6h now/d 2026-11-24 2026-11-24T10:00")),
        line("/re/  field:/re/i", QT_TRANSLATE_NOOP("Filter", "a regular expression; i: capitals or not")),
    };
    QString out;
    for (const Line &one : lines)
        out += one.words.leftJustified(23) + one.meaning + u'\n';
    QStringList names;
    for (const FilterField &field : fields)
        names << field.name;
    return names.isEmpty() ? out.chopped(1) : out + filterTr("Fields: %1").arg(names.join(QStringLiteral(", ")));
}

} // namespace andon::text
