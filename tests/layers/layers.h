#pragma once
// Who may include whom: the table of ARCHITECTURE.md as data, and the check of one file against it.
#include "tests/layers/tree.h"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace andon::house
{

struct Include {
    int line = 0;
    std::string target;
    bool quoted = false; // "x" rather than <x>
};

std::vector<Include> includesOf(std::string_view code);

/// The folder of the table that a file or an include belongs to: "core", "sources/lakefs", "ui", "app/andonctl" …;
/// empty when it is none of ours. Paths are from the root, includes from the root or from src/.
std::string folderOfPath(std::string_view path);
std::string folderOfInclude(std::string_view target);

/// What a folder may include beside itself. Of no known folder: nothing.
const std::set<std::string> &mayInclude(const std::string &folder);
bool isKnownFolder(const std::string &folder);

/// The Qt module of a header such as "QPainter" ("QtGui"), or empty.
using QtModuleOf = std::function<std::string(const std::string &header)>;
/// Looks into the include folder that holds QtCore/, QtGui/ …
QtModuleOf qtModulesIn(std::string includeFolder);

std::vector<Finding> layerFindings(const SourceFile &file, const QtModuleOf &moduleOf);

} // namespace andon::house
