#pragma once
// A series source in memory that answers PromQL over the demo factory's samples, and a site over it. For tests of what
// the machines' services make of the story.
#include "factory/site.h"

#include "demo/metrics/metricmodel.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <set>

namespace andon::test
{

class DemoSeries final : public roles::SeriesSource
{
public:
    explicit DemoSeries(const demo::Plan &plan)
        : m_plan(plan)
        , m_model(m_plan)
    {
    }
    std::set<std::string> without; ///< metrics that the server does not have
    bool down = false;
    int asked = 0;
    std::int64_t mostPoints = 0; ///< of one question
    core::Instant since = {}; ///< nothing was scraped before
    std::vector<telemetry::Alert> firing;

    core::Result<telemetry::EngineInfo> probe(const core::Cancel &) override
    {
        return telemetry::EngineInfo{"Prometheus", "2"};
    }
    core::Result<roles::VectorAnswer> query(const std::string &, core::Instant, const core::Cancel &) override
    {
        return roles::VectorAnswer{};
    }
    core::Result<roles::MatrixAnswer> queryRange(const std::string &promql, core::TimeRange range, std::int64_t step,
                                                 const core::Cancel &) override
    {
        ++asked;
        mostPoints = std::max(mostPoints, range.length() / step + 1);
        if (down)
            return core::fail(core::ErrorKind::Refused, "prometheus", "nobody listens");
        auto value = demo::promql::range(m_model, promql, range.from.ms, range.to.ms, step);
        if (!value)
            return core::fail(value.error());
        roles::MatrixAnswer answer;
        for (demo::promql::Series &series : value->matrix) {
            telemetry::Series one{.labels = telemetry::Labels(std::move(series.labels))};
            for (const demo::promql::Point &point : series.points) {
                if (point.t < since.ms)
                    continue;
                one.t.push_back(point.t);
                one.v.push_back(point.v);
            }
            answer.matrix.series.push_back(std::move(one));
        }
        return answer;
    }
    core::Result<std::vector<std::string>> labelValues(const std::string &, const std::string &,
                                                       const core::Cancel &) override
    {
        return std::vector<std::string>{};
    }
    core::Result<telemetry::Inventory> inventory(const std::vector<std::string> &, const core::Cancel &) override
    {
        if (down)
            return core::fail(core::ErrorKind::Refused, "prometheus", "nobody listens");
        telemetry::Inventory all;
        for (int i = 0; i < m_model.size(); ++i) {
            std::string name;
            for (const auto &[label, value] : m_model.labels(i))
                name = label == "__name__" ? value : name;
            if (without.contains(name))
                continue;
            all.metrics.insert(name);
            for (const auto &[label, value] : m_model.labels(i))
                all.labels[name].insert(label);
        }
        return all;
    }
    core::Result<std::vector<telemetry::MetricInfo>> metadata(const std::string &, const core::Cancel &) override
    {
        if (down)
            return core::fail(core::ErrorKind::Refused, "prometheus", "nobody listens");
        return std::vector<telemetry::MetricInfo>{
            {"DCGM_FI_DEV_GPU_UTIL", "gauge", "", "GPU utilisation"},
            {"was_scraped_once", "counter", "seconds", "no series of it is left"},
        };
    }
    core::Result<std::vector<telemetry::Alert>> alerts(const core::Cancel &) override
    {
        if (down)
            return core::fail(core::ErrorKind::Refused, "prometheus", "nobody listens");
        return firing;
    }
    core::Result<std::vector<telemetry::Rule>> rules(const core::Cancel &) override
    {
        return std::vector<telemetry::Rule>{};
    }
    core::Result<std::vector<telemetry::Target>> targets(const core::Cancel &) override
    {
        return std::vector<telemetry::Target>{};
    }
    [[nodiscard]] std::string selector() const override { return {}; }

private:
    demo::Plan m_plan;
    demo::MetricModel m_model;
};

/// A site whose only source is the story's metrics, at a time that stands still.
struct DemoSite {
    explicit DemoSite(bool withBook = true, const std::set<std::string> &without = {})
        : clock(core::Instant{1'795'000'020'000})
        , plan(demo::makePlan(demo::Scale::Small, 1, clock.now()))
        , file(std::move(store::DatabaseFile::open((folder.path() + QStringLiteral("/cache.db")).toStdString(),
                                                   store::cacheSchema())
                             .value()))
    {
        auto source = std::make_unique<DemoSeries>(plan);
        series = source.get();
        series->without = without;
        factory::SiteSources sources;
        sources.states = {{.name = core::SourceName("prometheus"), .kind = "prometheus"}};
        sources.series = std::move(source);
        factory::Knowledge known;
        for (const QString &name : QDir(resource(QStringLiteral("packs"))).entryList({QStringLiteral("*.yaml")}))
            known.packs.push_back(
                telemetry::parsePack(text(QStringLiteral("packs/") + name), name.toStdString()).value());
        known.signalList = telemetry::parseSignals(text(QStringLiteral("signals.yaml")), "signals.yaml").value();
        known.rules = telemetry::parseStationRules(text(QStringLiteral("stations.yaml")), "stations.yaml").value();
        sources.known = factory::knownAs(std::move(known));
        if (withBook)
            sources.priceBook =
                economics::parsePriceBook(text(QStringLiteral("demo/pricebook.yaml")), "pricebook.yaml").value();
        site = std::make_unique<factory::Site>(core::SiteName("ams-1"), clock, *file, std::move(sources));
    }
    [[nodiscard]] factory::MachinesService &machines() const { return site->machines(); }

    static QString resource(const QString &name) { return QStringLiteral(ANDON_SOURCE_DIR "/resources/") + name; }
    static std::string text(const QString &name)
    {
        QFile yaml(resource(name));
        return yaml.open(QIODevice::ReadOnly) ? yaml.readAll().toStdString() : std::string();
    }

    QTemporaryDir folder;
    core::ManualClock clock;
    demo::Plan plan;
    std::unique_ptr<store::DatabaseFile> file;
    DemoSeries *series = nullptr;
    std::unique_ptr<factory::Site> site;
};

} // namespace andon::test
