#pragma once
// Fills an MLflow through its own REST API and says what must be read back: what was sent, with the ids and times that
// the server gave when it took it.
#include "lineage/registry.h"
#include "tests/demo/client.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace andon::test
{

struct Filled {
    std::map<std::string, std::string> experiments = {}; ///< name → id
    std::map<std::string, std::string> runs = {}; ///< name → id
    std::map<std::string, std::string> logged = {}; ///< name → id
    std::vector<lineage::Experiment> expectedExperiments = {}; ///< times unknown: the server does not tell them
    std::vector<lineage::Run> expectedRuns = {}; ///< by start
    std::vector<lineage::RegisteredModel> expectedModels = {}; ///< by name
    std::vector<lineage::ModelVersion> expectedVersions = {}; ///< by name and number
    std::vector<lineage::LoggedModel> expectedLogged = {}; ///< 3.x
    std::string wrong = {}; ///< the first call that was refused
};

/// major: 2 or 3.
[[nodiscard]] Filled fill(Client &client, int major);
/// Sorts what has no order of its own: tags, parameters, metrics, aliases.
void normalise(lineage::Experiment &experiment);
void normalise(lineage::Run &run);
void normalise(lineage::RegisteredModel &model);
void normalise(lineage::ModelVersion &version);
void normalise(lineage::LoggedModel &model);

} // namespace andon::test
