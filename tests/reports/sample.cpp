#include "tests/reports/sample.h"

namespace andon::test
{

namespace
{

using namespace economics;

constexpr std::int64_t kHours = 1'000'000; // micro-hours
const Instant kStart = Instant::fromSeconds(1795392000); // 2026-11-23T00:00:00Z
const core::TimeRange kDay{kStart, kStart + core::kDay};

PriceBook book()
{
    return parsePriceBook("currency: USD\n"
                          "gpu_hour: [{price: 2.50}]\n"
                          "models: [{match: '*', input_per_mtok: 0.10, output_per_mtok: 0.60}]\n"
                          "shared_per_day: 24\n"
                          "targets: {cost_per_mtok: 0.10, gross_margin: 0.30, time_to_monetization_days: 21}\n"
                          "owners: {gross_margin: Platform finance}\n"
                          "budget: 100\n"
                          "releases:\n"
                          "  - {name: Block A, gpus: 16, energised: 2026-03-16, busy: 2026-03-19,\n"
                          "     first_token: 2026-04-08, first_paid: 2026-05-01}\n",
                          "sample")
        .value();
}

core::Evidence answer(const char *metric, char digit)
{
    return {.source = core::SourceName("prometheus"),
            .request = std::string("GET /api/v1/query_range?query=sum by (model_name, pod) (") + metric
                + "{site=\"ams-1\"})&start=1795392000&end=1795478400&step=300",
            .httpStatus = 200,
            .at = kStart + core::kDay + 5 * core::kMinute,
            .bytes = 439416,
            .sha256 = std::string(64, digit)};
}

ModelUsage usage(int number, bool loses)
{
    const std::int64_t tokens = loses ? 40'000'000 : 4'000'000'000 + number * 10'000'000LL;
    return {.model = core::ModelName(loses ? "chat-small" : "model-" + std::to_string(number)),
            .version = core::ModelVersionNumber(std::to_string(number + 1)),
            .input = {tokens, 1, {answer("vllm:prompt_tokens_total", 'a')}},
            .output = {tokens / 4, 1, {answer("vllm:generation_tokens_total", 'b')}},
            .allocated = {{kDay, 4 * 24 * kHours}},
            .gpuCoverage = 1,
            .gpuEvidence = {answer("DCGM_FI_PROF_GR_ENGINE_ACTIVE", 'c')},
            .busy = {2 * 24 * kHours, 1, {}},
            .millijoules = {620LL * 4 * 24 * 3600 * 1000, 1, {}}};
}

reports::KpiDocument documentOf(const Ledger &ledger)
{
    reports::KpiDocument document{.site = "ams-1", .made = kMade, .report = evaluate(book(), ledger)};
    document.freshness = {.state = core::FreshnessState::Live, .at = kMade};
    document.sources = {
        {"lakefs", "lakeFS 1.84.0", {.state = core::FreshnessState::Live, .at = kMade - 4 * core::kSecond}},
        {"mlflow", "MLflow 3.17.2", {.state = core::FreshnessState::Live, .at = kMade - 9 * core::kSecond}},
        {"prometheus", "Prometheus 3.5.0", {.state = core::FreshnessState::Live, .at = kMade - 11 * core::kSecond}}};
    return document;
}

} // namespace

const core::Instant kMade = kStart + core::kDay + 6 * core::kMinute;

reports::KpiDocument sampleDocument(int models)
{
    Ledger ledger{.window = kDay,
                  .fleet = {{kDay, 100 * kHours, 60 * kHours, 140 * kHours, 1236 * kHours}},
                  .fleetCoverage = 1,
                  .fleetEvidence = {answer("DCGM_FI_PROF_GR_ENGINE_ACTIVE", 'c')},
                  .fleetBusy = {1100 * kHours, 1, {}}};
    for (int i = 0; i < models; ++i)
        ledger.models.push_back(usage(i, i == 0));
    return documentOf(ledger);
}

reports::KpiDocument sampleWithoutGpus()
{
    Ledger ledger{.window = kDay};
    ledger.models = {usage(0, false), usage(1, false)};
    for (ModelUsage &one : ledger.models) {
        one.allocated.clear();
        one.gpuCoverage = 0;
        one.busy = {};
        one.millijoules = {};
    }
    ledger.models[1].input.coverage = 0.5;
    return documentOf(ledger);
}

} // namespace andon::test
