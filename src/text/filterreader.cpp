#include "text/filterreader.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace andon::text
{

QString filterTr(const char *source)
{
    return QCoreApplication::translate("Filter", source);
}

Reader::Reader(const QString &words, ParsedFilter &out)
    : m_words(words)
    , m_out(out)
{
}

QChar Reader::peek(int ahead) const
{
    return m_at + ahead < static_cast<int>(m_words.size()) ? m_words[m_at + ahead] : QChar();
}

bool Reader::spaceAfter(int ahead) const
{
    return ends(m_at + ahead, false);
}

bool Reader::ends(int at, bool inField) const
{
    return at >= static_cast<int>(m_words.size()) || m_words[at].isSpace() || (inField && m_words[at] == u',');
}

bool Reader::skipSpace()
{
    while (!atEnd() && m_words[m_at].isSpace())
        ++m_at;
    return !atEnd();
}

void Reader::skipTerm()
{
    bool inQuotes = false;
    for (; !atEnd() && (inQuotes || !m_words[m_at].isSpace()); ++m_at) {
        const bool opens = m_at == 0 || QStringView(u" :,-<>=").contains(m_words[m_at - 1]) || inQuotes;
        if (m_words[m_at] == u'\\' && inQuotes)
            ++m_at;
        else if (m_words[m_at] == u'"' && opens)
            inQuotes = !inQuotes;
    }
    m_at = std::min(m_at, static_cast<int>(m_words.size()));
}

QString Reader::fieldName() const
{
    int end = m_at;
    const auto size = static_cast<int>(m_words.size());
    const auto inName = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-'; };
    while (end < size && inName(m_words[end]))
        ++end;
    const bool named = end < size && m_words[end] == u':' && end > m_at && m_words[m_at].isLetter();
    return named ? m_words.mid(m_at, end - m_at) : QString();
}

void Reader::take(int length, FilterSpan::Kind kind)
{
    paint(m_at, length, kind);
    m_at += length;
}

void Reader::paint(int start, int length, FilterSpan::Kind kind)
{
    if (length > 0)
        m_out.spans.push_back({kind, start, length});
}

Piece Reader::piece(bool inField)
{
    if (peek() == u'"')
        return quoted(inField);
    Piece piece{.start = m_at};
    if (peek() == u'/' && expression(piece, inField))
        return piece;
    int end = m_at;
    while (!ends(end, inField))
        ++end;
    piece.text = m_words.mid(m_at, end - m_at);
    piece.length = end - m_at;
    m_at = end;
    return piece;
}

Piece Reader::quoted(bool inField)
{
    Piece piece{.kind = Piece::Quoted, .start = m_at};
    int end = m_at + 1;
    const auto size = static_cast<int>(m_words.size());
    for (; end < size && m_words[end] != u'"'; ++end) {
        if (m_words[end] == u'\\' && end + 1 < size)
            ++end;
        piece.text += m_words[end];
    }
    piece.length = std::min(end + 1, size) - m_at;
    piece.problem = true;
    if (end >= size) {
        m_at = size;
        fail({FilterFault::OpenQuote, piece.start, piece.length, filterTr("The quote is not closed: a \" is missing."),
              m_words.mid(piece.start) + u'"', true});
    } else if (!ends(end + 1, inField)) {
        m_at = end + 1;
        skipTerm();
        fail({FilterFault::AfterQuote,
              piece.start,
              m_at - piece.start,
              filterTr("After a closing quote a space must follow."),
              {},
              false});
    } else {
        piece.problem = false;
        m_at = end + 1;
    }
    return piece;
}

/// False: it is a path or another word that begins with a slash.
bool Reader::expression(Piece &piece, bool inField)
{
    const auto size = static_cast<int>(m_words.size());
    int end = m_at + 1;
    QString pattern;
    for (; end < size && m_words[end] != u'/'; ++end) {
        if (m_words[end] == u'\\' && end + 1 < size) {
            if (m_words[end + 1] != u'/')
                pattern += m_words[end];
            ++end;
        }
        pattern += m_words[end];
    }
    if (end >= size) { // open: only signs that no path has make it an expression
        static const QRegularExpression kSigns(QStringLiteral("[\\\\\\[\\](){}*+?|^$]"));
        if (!pattern.contains(kSigns))
            return false;
        piece.problem = true;
        const int from = std::exchange(m_at, size);
        fail({FilterFault::OpenExpression, from, size - from,
              filterTr("A regular expression ends with a slash: /…/ or /…/i."), m_words.mid(from) + u'/', true});
        return true;
    }
    const bool caseless = end + 1 < size && m_words[end + 1] == u'i' && ends(end + 2, inField);
    const int after = end + (caseless ? 2 : 1);
    if (pattern.isEmpty() || !ends(after, inField))
        return false;
    piece.kind = Piece::Expression;
    piece.text = pattern;
    piece.caseless = caseless;
    piece.length = after - m_at;
    m_at = after;
    const QRegularExpression compiled(pattern);
    if (compiled.isValid())
        return true;
    piece.problem = true;
    fail({FilterFault::BadExpression,
          piece.start,
          piece.length,
          filterTr("The regular expression is wrong at character %1: %2.")
              .arg(compiled.patternErrorOffset())
              .arg(compiled.errorString()),
          {},
          false});
    return true;
}

void Reader::fail(FilterProblem problem)
{
    // What was coloured from there on is wrong.
    std::vector<FilterSpan> &spans = m_out.spans;
    while (!spans.empty() && spans.back().start >= problem.start)
        spans.pop_back();
    paint(problem.start, problem.length, FilterSpan::Kind::Bad);
    if (!m_out.problem)
        m_out.problem = std::move(problem);
}

} // namespace andon::text
