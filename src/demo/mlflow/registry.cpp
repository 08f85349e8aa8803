#include "demo/mlflow/registry.h"

#include <algorithm>
#include <tuple>

namespace andon::demo
{

namespace
{

std::string rowKey(const DemoRun &run, const DemoDataset &dataset)
{
    return std::to_string(run.experiment) + "/" + dataset.name + "/" + dataset.digest;
}

} // namespace

const DemoPoint &DemoMetric::latest() const
{
    return *std::max_element(points.begin(), points.end(), [](const DemoPoint &a, const DemoPoint &b) {
        return std::tie(a.step, a.at, a.value) < std::tie(b.step, b.at, b.value);
    });
}

std::string DemoRun::artifactUri() const
{
    return "mlflow-artifacts:/" + std::to_string(experiment) + "/" + id + "/artifacts";
}

const DemoMetric *DemoRun::metric(const std::string &key) const
{
    const auto found =
        std::find_if(metrics.begin(), metrics.end(), [&](const DemoMetric &metric) { return metric.key == key; });
    return found == metrics.end() ? nullptr : &*found;
}

std::string DemoLoggedModel::artifactUri() const
{
    return "mlflow-artifacts:/" + std::to_string(experiment) + "/models/" + id + "/artifacts";
}

void Registry::index()
{
    std::sort(models.begin(), models.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    std::sort(versions.begin(), versions.end(),
              [](const auto &a, const auto &b) { return std::tie(a.model, a.number) < std::tie(b.model, b.number); });
    m_runById.clear();
    m_rows.clear();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        m_runById[runs[i].id] = i;
        for (const DemoDataset &dataset : runs[i].datasets)
            m_rows.emplace(rowKey(runs[i], dataset), dataset);
    }
}

const DemoRun *Registry::run(const std::string &id) const
{
    const auto found = m_runById.find(id);
    return found == m_runById.end() ? nullptr : &runs[found->second];
}

const DemoModel *Registry::model(const std::string &name) const
{
    const auto found =
        std::find_if(models.begin(), models.end(), [&](const DemoModel &model) { return model.name == name; });
    return found == models.end() ? nullptr : &*found;
}

const DemoLoggedModel *Registry::loggedModel(const std::string &id) const
{
    const auto found = std::find_if(loggedModels.begin(), loggedModels.end(),
                                    [&](const DemoLoggedModel &model) { return model.id == id; });
    return found == loggedModels.end() ? nullptr : &*found;
}

DemoDataset Registry::kept(const DemoRun &run, const DemoDataset &logged) const
{
    DemoDataset row = m_rows.at(rowKey(run, logged));
    row.context = logged.context;
    return row;
}

} // namespace andon::demo
