#pragma once
// How andonctl prints: aligned tables for people, one JSON document for programs. Server text is made visible, never
// interpreted.
#include "core/freshness.h"

#include <nlohmann/json.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace andon::ctl
{

using Json = nlohmann::ordered_json;

enum class Align { Left, Right };

class Table
{
public:
    explicit Table(std::vector<std::string> headers, std::vector<Align> align = {});
    void row(std::vector<std::string> cells);
    /// Columns padded to their widest cell (code points), two spaces between. Cells lose control characters.
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::string> m_headers;
    std::vector<Align> m_align;
    std::vector<std::vector<std::string>> m_rows;
};

void print(const std::string &text); ///< to stdout, as it is
void printLine(const std::string &line); ///< to stdout with a newline
void note(const std::string &line); ///< to stderr with a newline
void printJson(const Json &json); ///< pretty, invalid UTF-8 replaced

/// Terminal progress: a few lines on stderr that rewrite themselves, gone at the end; silent when stderr is no
/// terminal. Any thread.
class Progress
{
public:
    Progress();
    ~Progress();
    /// The newest word about one part: "lakefs", "ml-data commits 1,200". Parts keep their order.
    void show(const std::string &part, const std::string &line);

private:
    void clear();
    bool m_terminal = false;
    std::mutex m_mutex;
    std::size_t m_shown = 0;
    std::vector<std::pair<std::string, std::string>> m_lines;
};

[[nodiscard]] Json toJson(const core::Freshness &freshness);
[[nodiscard]] Json toJson(const core::Error &error);
/// "2026-11-12T10:14:00Z", "" when unknown.
[[nodiscard]] std::string isoTime(core::Instant at);
[[nodiscard]] Json isoTimeOrNull(core::Instant at);
/// A double with the shortest text that reads back the same.
[[nodiscard]] std::string number(double value);

} // namespace andon::ctl
