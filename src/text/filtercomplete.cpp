// What may stand at the cursor.
#include "text/filterreader.h"

#include <algorithm>

namespace andon::text
{

namespace
{

constexpr qsizetype kMost = 50;

/// Where the piece before the cursor begins: after the last space, comma in a field or colon outside quotes.
struct Place {
    int term = 0; ///< begin of the term
    int piece = 0; ///< begin of what is being typed
    QString field = {};
};

Place placeOf(const QString &words, int cursor)
{
    Place place;
    bool inQuotes = false;
    for (int i = 0; i < cursor; ++i) {
        const QChar c = words[i];
        if (inQuotes) {
            i += c == u'\\' ? 1 : 0;
            inQuotes = c != u'"';
        } else if (c.isSpace()) {
            place = {i + 1, i + 1, {}};
        } else if (c == u'"' && i == place.piece) {
            inQuotes = true;
        } else if (c == u'-' && i == place.term) {
            place.term = place.piece = i + 1;
        } else if (c == u':' && place.field.isEmpty() && i > place.term && words[place.term].isLetter()) {
            place.field = words.mid(place.term, i - place.term);
            place.piece = i + 1;
        } else if (c == u',' && !place.field.isEmpty()) {
            place.piece = i + 1;
        }
    }
    return place;
}

QStringList offered(const FilterField &field)
{
    QStringList values;
    for (const QString &value : field.values)
        values << quotedValue(value);
    if (field.kind == FieldKind::Time)
        values << QStringLiteral(">now-1h") << QStringLiteral(">now-24h") << QStringLiteral(">now-7d")
               << QStringLiteral(">now-30d") << QStringLiteral("now/d") << QStringLiteral("now-1d/d");
    if (field.kind == FieldKind::Number)
        values << QStringLiteral(">") << QStringLiteral("<");
    if (field.kind != FieldKind::Choice)
        values << QStringLiteral("*");
    return values;
}

} // namespace

FilterCompletion completeFilter(const QString &words, int cursor, const FilterGrammar &grammar)
{
    cursor = std::clamp(cursor, 0, static_cast<int>(words.size()));
    const Place place = placeOf(words, cursor);
    FilterCompletion out{.start = place.piece, .length = cursor - place.piece};
    QString typed = words.mid(place.piece, out.length);
    QStringList all;
    if (place.field.isEmpty()) {
        for (const FilterField &field : grammar.fields)
            all << field.name + u':';
    } else if (const FilterField *field = grammar.field(place.field)) {
        all = offered(*field);
    }
    if (typed.startsWith(u'"'))
        typed.remove(0, 1);
    QStringList within;
    for (const QString &word : all) {
        const QStringView bare = word.startsWith(u'"') ? QStringView(word).mid(1) : QStringView(word);
        if (bare.startsWith(typed, Qt::CaseInsensitive))
            out.words << word;
        else if (!place.field.isEmpty() && bare.contains(typed, Qt::CaseInsensitive))
            within << word;
    }
    out.words = (out.words + within).mid(0, kMost);
    if (out.words.size() == 1 && out.words.front() == words.mid(out.start, out.length))
        out.words.clear(); // it stands there already
    return out;
}

} // namespace andon::text
