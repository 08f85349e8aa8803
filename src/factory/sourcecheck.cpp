#include "factory/sourcecheck.h"

#include <algorithm>
#include <chrono>

namespace andon::factory
{

namespace
{

/// Asks and keeps the time of the first answer, and the first error.
class Asker
{
public:
    explicit Asker(SourceCheck &out)
        : m_out(out)
    {
    }
    /// The answer, or nothing once something failed.
    template <typename Ask> auto operator()(Ask ask) -> std::optional<typename decltype(ask())::value_type>
    {
        if (m_out.error)
            return std::nullopt;
        const auto start = std::chrono::steady_clock::now();
        auto answer = ask();
        const auto took = std::chrono::steady_clock::now() - start;
        if (!answer) {
            m_out.error = answer.error();
            return std::nullopt;
        }
        if (m_out.latencyMs < 0)
            m_out.latencyMs = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
        return std::move(*answer);
    }

private:
    SourceCheck &m_out;
};

std::int64_t sizeOf(const auto &list)
{
    return static_cast<std::int64_t>(list.size());
}

std::vector<std::string> labelledMetrics(const std::vector<telemetry::Pack> &packs)
{
    std::vector<std::string> names;
    for (const telemetry::Pack &pack : packs)
        for (const telemetry::PackSignal &signal : pack.signals)
            for (const telemetry::Candidate &candidate : signal.candidates)
                for (const auto &[metric, label] : candidate.requiresLabels)
                    names.push_back(metric);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace

SourceCheck check(roles::VersionSource &source, const core::Cancel &cancel)
{
    SourceCheck out{.kind = "lakefs"};
    Asker ask(out);
    if (auto info = ask([&] { return source.probe(cancel); })) {
        out.product = info->product;
        out.version = info->version;
        out.user = info->user;
        out.storage = info->storage;
        out.capabilities = info->capabilities;
    }
    if (const auto repositories = ask([&] { return source.repositories(cancel); }))
        out.found.emplace_back("repositories", sizeOf(*repositories));
    return out;
}

SourceCheck check(roles::ModelRegistry &source, const core::Cancel &cancel)
{
    SourceCheck out{.kind = "mlflow"};
    Asker ask(out);
    if (auto info = ask([&] { return source.probe(cancel); })) {
        out.product = info->product;
        out.version = info->version;
        if (info->loggedModels)
            out.capabilities.push_back("logged_models");
    }
    if (const auto experiments = ask([&] { return source.experiments(cancel); }))
        out.found.emplace_back("experiments", sizeOf(*experiments));
    if (const auto models = ask([&] { return source.models(cancel); }))
        out.found.emplace_back("models", sizeOf(*models));
    if (const auto versions = ask([&] { return source.versions(cancel); }))
        out.found.emplace_back("versions", sizeOf(*versions));
    return out;
}

SourceCheck check(roles::SeriesSource &source, const std::vector<telemetry::Pack> &packs, const core::Cancel &cancel)
{
    SourceCheck out{.kind = "prometheus"};
    Asker ask(out);
    if (auto info = ask([&] { return source.probe(cancel); })) {
        out.product = info->engine;
        out.version = info->version;
    }
    if (const auto inventory = ask([&] { return source.inventory(labelledMetrics(packs), cancel); })) {
        out.found.emplace_back("metrics", sizeOf(inventory->metrics));
        out.packs = packChecks(packs, *inventory);
    }
    return out;
}

std::vector<PackCheck> packChecks(const std::vector<telemetry::Pack> &packs, const telemetry::Inventory &inventory)
{
    const telemetry::Resolution resolution = telemetry::resolve(packs, inventory);
    std::vector<PackCheck> out;
    for (const telemetry::Pack &pack : packs) {
        PackCheck one{.title = pack.title, .wanted = static_cast<int>(pack.signals.size()), .fix = pack.fix};
        for (const telemetry::ResolvedSignal &signal : resolution.resolved)
            if (signal.pack == pack.id) {
                ++one.found;
                if (one.example.empty() && !signal.candidate.requiresMetrics.empty())
                    one.example = signal.candidate.requiresMetrics.front();
            }
        for (const telemetry::MissingSignal &gap : resolution.missing)
            for (const std::string &metric : gap.pack == pack.id ? gap.missing : std::vector<std::string>{})
                if (std::find(one.missing.begin(), one.missing.end(), metric) == one.missing.end())
                    one.missing.push_back(metric);
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace andon::factory
