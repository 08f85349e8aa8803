#include "reports/csv.h"

#include <charconv>
#include <cmath>

namespace andon::reports
{

namespace
{

bool isNumber(const std::string &text)
{
    double value = 0;
    const char *end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return read.ec == std::errc() && read.ptr == end && std::isfinite(value);
}

} // namespace

std::string csvCell(const std::string &text)
{
    std::string cell = text;
    if (!isNumber(text) && !cell.empty() && std::string("=+-@\t\r").find(cell.front()) != std::string::npos)
        cell = "'" + cell;
    if (cell.find_first_of(",\"\n\r") == std::string::npos)
        return cell;
    std::string quoted = "\"";
    for (const char c : cell)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace andon::reports
