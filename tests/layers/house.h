#pragma once
// What is never called or written here, and where it may be all the same; how long files may be.
#include "tests/layers/tree.h"

#include <string>
#include <vector>

namespace andon::house
{

struct Rule {
    std::string pattern; // literal; its first letter begins a word
    std::vector<std::string> folders; // starts of paths
    std::string why;
    bool inComments = false; // comments count too
};

struct Exception {
    std::string pattern;
    std::string path; // start of the paths
    std::string why;
};

const std::vector<Rule> &rules();
const std::vector<Exception> &exceptions();

std::vector<Finding> houseFindings(const SourceFile &file, const std::vector<Rule> &rules,
                                   const std::vector<Exception> &exceptions);

struct Sizes {
    std::vector<Finding> tooLong; // fails
    std::vector<Finding> notes; // above the aim
};
/// Aims: header 150, source 400 lines. Fails: any file above 600, the main window above 400.
void measure(const SourceFile &file, Sizes &sizes);

} // namespace andon::house
