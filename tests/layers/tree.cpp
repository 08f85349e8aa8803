#include "tests/layers/tree.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace andon::house
{

namespace fs = std::filesystem;

namespace
{

bool isWanted(const std::string &path, const std::vector<std::string> &endings)
{
    return std::any_of(endings.begin(), endings.end(), [&](const std::string &end) { return endsWith(path, end); });
}

SourceFile readFile(const fs::path &file, const fs::path &root)
{
    std::ifstream in(file, std::ios::binary);
    return {.path = fs::relative(file, root).generic_string(),
            .text = std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>())};
}

/// Where the literal that starts at `i` (a quote) ends: one past its closing quote.
std::size_t endOfLiteral(std::string_view code, std::size_t i)
{
    const char quote = code[i];
    if (quote == '"' && i > 0 && code[i - 1] == 'R') {
        const std::size_t open = code.find('(', i);
        if (open == std::string_view::npos)
            return code.size();
        const std::string close = ")" + std::string(code.substr(i + 1, open - i - 1)) + "\"";
        const std::size_t end = code.find(close, open);
        return end == std::string_view::npos ? code.size() : end + close.size();
    }
    for (++i; i < code.size() && code[i] != quote && code[i] != '\n'; ++i) {
        if (code[i] == '\\')
            ++i;
    }
    return std::min(i + 1, code.size());
}

bool isDigitSeparator(std::string_view code, std::size_t i)
{
    return code[i] == '\'' && i > 0 && std::isalnum(static_cast<unsigned char>(code[i - 1]));
}

std::size_t endOfComment(std::string_view code, std::size_t i)
{
    const bool toLineEnd = code[i + 1] == '/';
    const std::size_t end = toLineEnd ? code.find('\n', i) : code.find("*/", i + 2);
    return end == std::string_view::npos ? code.size() : end + (toLineEnd ? 0 : 2);
}

} // namespace

std::vector<SourceFile> readTree(const std::string &root, const std::vector<std::string> &folders,
                                 const std::vector<std::string> &endings)
{
    std::vector<SourceFile> files;
    for (const std::string &folder : folders) {
        const fs::path start = fs::path(root) / folder;
        if (fs::is_regular_file(start))
            files.push_back(readFile(start, root));
        if (!fs::is_directory(start))
            continue;
        for (const fs::directory_entry &entry : fs::recursive_directory_iterator(start)) {
            if (entry.is_regular_file() && isWanted(entry.path().filename().string(), endings))
                files.push_back(readFile(entry.path(), root));
        }
    }
    std::sort(files.begin(), files.end(), [](const SourceFile &a, const SourceFile &b) { return a.path < b.path; });
    return files;
}

std::string withoutComments(std::string_view code)
{
    std::string out;
    out.reserve(code.size());
    for (std::size_t i = 0; i < code.size();) {
        if (code[i] == '/' && i + 1 < code.size() && (code[i + 1] == '/' || code[i + 1] == '*')) {
            const std::size_t end = endOfComment(code, i);
            for (; i < end; ++i)
                out += code[i] == '\n' ? '\n' : ' ';
        } else if ((code[i] == '"' || code[i] == '\'') && !isDigitSeparator(code, i)) {
            const std::size_t end = endOfLiteral(code, i);
            out.append(code.substr(i, end - i));
            i = end;
        } else {
            out += code[i++];
        }
    }
    return out;
}

int countLines(std::string_view text)
{
    const auto newlines = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    return newlines + (text.empty() || text.back() == '\n' ? 0 : 1);
}

bool startsWith(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}

bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string listed(const std::vector<Finding> &findings)
{
    std::string out = std::to_string(findings.size()) + " found:";
    for (const Finding &finding : findings)
        out += "\n  " + finding.path + ":" + std::to_string(finding.line) + ": " + finding.what;
    return out;
}

} // namespace andon::house
