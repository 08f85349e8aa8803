#pragma once
// Reads the words of a filter from left to right: pieces, their quotes and slashes, and the spans that they colour.
#include "text/filter.h"

namespace andon::text
{

/// A value as it was written: a word, "in quotes" or /an expression/.
struct Piece {
    enum Kind { Word, Quoted, Expression };
    Kind kind = Word;
    QString text = {}; ///< without quotes and slashes
    int start = 0;
    int length = 0;
    bool caseless = false;
    bool problem = false; ///< it was reported
};

class Reader
{
public:
    Reader(const QString &words, ParsedFilter &out);

    [[nodiscard]] int at() const { return m_at; }
    [[nodiscard]] bool atEnd() const { return m_at >= static_cast<int>(m_words.size()); }
    [[nodiscard]] QChar peek(int ahead = 0) const; ///< null at the end
    [[nodiscard]] bool spaceAfter(int ahead) const; ///< a space or the end
    [[nodiscard]] bool startsWith(QStringView word) const { return QStringView(m_words).mid(m_at).startsWith(word); }
    bool skipSpace(); ///< false: nothing follows
    void skipTerm(); ///< to the next space outside quotes
    [[nodiscard]] QString fieldName() const; ///< what stands here before a colon; "" when it is no name
    void take(int length, FilterSpan::Kind kind); ///< coloured as that
    /// One that ends at a space, in a field also at a comma. Not yet coloured.
    [[nodiscard]] Piece piece(bool inField);
    void paint(int start, int length, FilterSpan::Kind kind);
    void paint(const Piece &piece, FilterSpan::Kind kind) { paint(piece.start, piece.length, kind); }
    void fail(FilterProblem problem);

private:
    [[nodiscard]] bool ends(int at, bool inField) const;
    Piece quoted(bool inField);
    bool expression(Piece &piece, bool inField);

    const QString &m_words;
    ParsedFilter &m_out;
    int m_at = 0;
};

/// Sentences of the grammar are translated in one context.
[[nodiscard]] QString filterTr(const char *source);

} // namespace andon::text
