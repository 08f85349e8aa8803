#pragma once
// A cursor over JSON text for the one hot format. It reads what is there and fails on anything else; it never looks
// past the end. One thread per scan.
#include <cstdint>
#include <string>
#include <string_view>

namespace andon::sources::prometheus
{

class Scan
{
public:
    explicit Scan(std::string_view text)
        : m_at(text.data())
        , m_begin(text.data())
        , m_end(text.data() + text.size())
    {
    }

    [[nodiscard]] bool ok() const { return !m_failed; }
    [[nodiscard]] std::int64_t offset() const { return m_at - m_begin; }
    [[nodiscard]] const std::string &words() const { return m_words; } ///< what was expected
    /// Remembers the first failure and stops the cursor at the end. Always false.
    bool fail(const char *expected);

    /// Takes the character c, after white space; false and no failure when another one is there.
    [[nodiscard]] bool take(char c)
    {
        skipSpace();
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }
    bool expect(char c, const char *expected) { return take(c) || fail(expected); }
    [[nodiscard]] bool atEnd()
    {
        skipSpace();
        return m_at == m_end;
    }

    /// A string with its escapes resolved. Control characters and lone surrogates fail.
    bool string(std::string &out);
    /// The text between quotes when it has no escape: sample values never have one.
    bool plainString(std::string_view &out);
    /// A JSON number as milliseconds of what it says in seconds; rounds to the nearest.
    bool milliseconds(std::int64_t &out);
    /// A quoted sample value: decimals, exponents, "NaN", "+Inf", "-Inf". The same double as strtod gives.
    bool sampleValue(double &out);
    /// A sample as every engine writes it, [1795477740,"25.439"], in one go. false and no failure, the cursor where it
    /// was, when it is written in another way: then read it part by part.
    [[nodiscard]] bool usualSample(std::int64_t &ms, double &value);
    /// Any value, at most 64 levels deep.
    bool skip();

    /// Calls member(key) for each member of an object; member takes the value from the cursor.
    template <typename Fn> bool object(Fn member)
    {
        if (!expect('{', "an object") || take('}'))
            return ok();
        std::string key;
        do {
            if (!string(key) || !expect(':', "':'") || !member(std::as_const(key)))
                return fail("a member");
        } while (take(','));
        return expect('}', "',' or '}'");
    }
    template <typename Fn> bool array(Fn element)
    {
        if (!expect('[', "a list") || take(']'))
            return ok();
        do {
            if (!element())
                return fail("an element");
        } while (take(','));
        return expect(']', "',' or ']'");
    }

private:
    void skipSpace()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\t' || *m_at == '\r'))
            ++m_at;
    }
    bool escape(std::string &out);
    bool hex4(unsigned &out);
    bool skipScalar();

    const char *m_at;
    const char *m_begin;
    const char *m_end;
    bool m_failed = false;
    std::string m_words;
};

/// The double of a decimal without quotes. nullopt-like: false when it is no number. Locale-independent.
[[nodiscard]] bool parseSample(std::string_view text, double &out);

} // namespace andon::sources::prometheus
