#pragma once
// Another program, run and timed. A benchmark calls it from its one thread.
#include <string>
#include <vector>

namespace andon::bench
{

struct Child {
    int status = -1; ///< exit code; -1 when it did not start or was killed
    double cpu = 0; ///< seconds of processor time, of itself and what it waited for
    double firstLine = 0; ///< seconds from before its start until the first line on its standard output had come
    double wall = 0; ///< seconds until it had ended
    std::string output = {};
};

/// Runs it to its end with this process's environment; input goes to its standard input. The first of argv is looked
/// for in PATH.
[[nodiscard]] Child runChild(const std::vector<std::string> &argv, const std::string &input = {});

/// A program of the same build: the folder that this one is in, and the name.
[[nodiscard]] std::string besideUs(const std::string &name);

} // namespace andon::bench
