#pragma once
// The source tree as the checks of the house read it: every text file of some folders, and C++ without its comments.
#include <string>
#include <string_view>
#include <vector>

namespace andon::house
{

struct SourceFile {
    std::string path; // from the root of the repository, with '/'
    std::string text;
};

/// Something that the house forbids.
struct Finding {
    std::string path;
    int line = 0;
    std::string what;
    bool operator==(const Finding &) const = default;
};

/// Every regular file below the given folders (or single files) of `root` whose name ends in one of `endings`, by path.
std::vector<SourceFile> readTree(const std::string &root, const std::vector<std::string> &folders,
                                 const std::vector<std::string> &endings);

/// The same number of lines, with comments blanked out; string and character literals stay.
std::string withoutComments(std::string_view code);

int countLines(std::string_view text);
bool startsWith(std::string_view text, std::string_view start);
bool endsWith(std::string_view text, std::string_view end);

/// One finding per line, for the message of a failed test.
std::string listed(const std::vector<Finding> &findings);

} // namespace andon::house
