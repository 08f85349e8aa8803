#include "app/andonctl/output.h"

#include "text/plain.h"

#include <QDateTime>
#include <QString>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace andon::ctl
{

namespace
{
int width(const std::string &text)
{
    return static_cast<int>(QString::fromStdString(text).toUcs4().size());
}

std::string pad(const std::string &text, int to, Align align)
{
    const std::string blank(static_cast<std::size_t>(std::max(0, to - width(text))), ' ');
    return align == Align::Left ? text + blank : blank + text;
}
} // namespace

Table::Table(std::vector<std::string> headers, std::vector<Align> align)
    : m_headers(std::move(headers))
    , m_align(std::move(align))
{
    m_align.resize(m_headers.size(), Align::Left);
}

void Table::row(std::vector<std::string> cells)
{
    cells.resize(m_headers.size());
    for (std::string &cell : cells)
        cell = text::visible(cell).toStdString();
    m_rows.push_back(std::move(cells));
}

std::string Table::text() const
{
    std::vector<int> widths;
    for (std::size_t c = 0; c < m_headers.size(); ++c) {
        int w = width(m_headers[c]);
        for (const auto &row : m_rows)
            w = std::max(w, width(row[c]));
        widths.push_back(w);
    }
    std::string out;
    const auto line = [&](const std::vector<std::string> &cells) {
        std::string text;
        for (std::size_t c = 0; c < cells.size(); ++c)
            text += pad(cells[c], widths[c], m_align[c]) + (c + 1 < cells.size() ? "  " : "");
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + "\n";
    };
    line(m_headers);
    for (const auto &row : m_rows)
        line(row);
    return out;
}

void print(const std::string &text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void printLine(const std::string &line)
{
    print(line + "\n");
}

void note(const std::string &line)
{
    std::fprintf(stderr, "%s\n", line.c_str());
}

void printJson(const Json &json)
{
    print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

Progress::Progress()
    : m_terminal(::isatty(STDERR_FILENO) == 1)
{
}

Progress::~Progress()
{
    clear();
}

void Progress::clear()
{
    for (; m_shown > 0; --m_shown)
        std::fputs("\033[1A\033[2K", stderr);
}

void Progress::show(const std::string &part, const std::string &line)
{
    if (!m_terminal)
        return;
    const std::scoped_lock lock(m_mutex);
    const auto found = std::find_if(m_lines.begin(), m_lines.end(), [&](const auto &one) { return one.first == part; });
    if (found == m_lines.end())
        m_lines.emplace_back(part, line);
    else
        found->second = line;
    winsize window = {};
    const int columns = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : 80;
    clear();
    for (const auto &[name, words] : m_lines) // one that wraps could not be taken back
        std::fprintf(stderr, "%s\n", text::visible(name + ": " + words).left(columns - 1).toUtf8().constData());
    m_shown = m_lines.size();
    std::fflush(stderr);
}

Json toJson(const core::Error &error)
{
    Json json = {{"kind", core::name(error.kind)}, {"where", error.where}, {"detail", error.detail}};
    if (error.httpStatus)
        json["http_status"] = error.httpStatus;
    if (!error.server.empty())
        json["server"] = error.server;
    if (!error.requestId.empty())
        json["request_id"] = error.requestId;
    return json;
}

Json toJson(const core::Freshness &freshness)
{
    static constexpr const char *kNames[] = {"loading", "live",        "cached",    "stale",
                                             "partial", "unavailable", "forbidden", "not_configured"};
    Json json = {{"state", kNames[static_cast<int>(freshness.state)]}, {"at", isoTimeOrNull(freshness.at)}};
    if (freshness.error)
        json["error"] = toJson(*freshness.error);
    if (!freshness.notes.empty())
        json["notes"] = freshness.notes;
    return json;
}

std::string isoTime(core::Instant at)
{
    if (!at.known())
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at.ms, Qt::UTC);
    return time.toString(at.ms % 1000 ? Qt::ISODateWithMs : Qt::ISODate).toStdString();
}

Json isoTimeOrNull(core::Instant at)
{
    return at.known() ? Json(isoTime(at)) : Json(nullptr);
}

std::string number(double value)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

} // namespace andon::ctl
