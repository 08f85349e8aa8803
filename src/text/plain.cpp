#include "text/plain.h"

namespace andon::text
{

namespace
{

bool isDirectional(char16_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

QString clean(std::string_view utf8, bool keepLines)
{
    QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    for (QChar &c : text) {
        const char16_t u = c.unicode();
        if (u == '\n' || u == '\t' || u == '\r')
            c = keepLines && u != '\r' ? c : QChar(u' ');
        else if (u < 0x20)
            c = QChar(static_cast<char16_t>(0x2400 + u)); // the control pictures
        else if (u == 0x7f)
            c = QChar(u'\u2421');
        else if ((u >= 0x80 && u < 0xa0) || isDirectional(u) || u == 0x2028 || u == 0x2029)
            c = QChar(u'\ufffd');
    }
    return text;
}

} // namespace

QString visible(std::string_view utf8)
{
    return clean(utf8, false);
}

QString visibleLines(std::string_view utf8)
{
    return clean(utf8, true);
}

QString shortId(std::string_view id)
{
    const bool hex = id.size() == 64 && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return visible(hex ? id.substr(0, 12) : id);
}

} // namespace andon::text
