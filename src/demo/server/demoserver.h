#pragma once
// The demo factory: one process that speaks the REST dialects of the sources on loopback, one port each. Starts its own
// threads; start and destroy it from one thread.
#include "core/result.h"
#include "demo/story/plan.h"
#include "economics/pricebook.h"

#include <memory>
#include <string_view>

namespace andon::demo
{

struct DemoOptions {
    int port = 0; ///< of lakeFS; MLflow and Prometheus follow. 0: any free ones
    Scale scale = Scale::Small;
    std::uint64_t seed = 1;
    std::int64_t commits = 0; ///< of its largest repository, the others in proportion; 0: as the scale has it
    core::Instant now = {}; ///< unknown: the clock's now, at the start
    std::string historyFile = {}; ///< lakeFS answers from this file (lakefs/history.md) instead of from the story
};

struct DemoEndpoints {
    std::string lakefs = {}; ///< http://127.0.0.1:PORT
    std::string accessKeyId = {};
    std::string secretAccessKey = {};
    std::string mlflow = {};
    std::string prometheus = {};
};

class DemoServer
{
public:
    [[nodiscard]] static core::Result<std::unique_ptr<DemoServer>> start(const DemoOptions &options);
    ~DemoServer(); ///< stops all listeners

    [[nodiscard]] const Plan &plan() const;
    [[nodiscard]] const DemoEndpoints &endpoints() const;
    /// {"lakefs":{"url","access_key_id","secret_access_key"},"mlflow":{"url"},"prometheus":{"url"}} in one line.
    [[nodiscard]] std::string endpointsJson() const;
    /// The ground truth: counts, totals, who, when, causes. Pretty JSON; money only with a price book.
    [[nodiscard]] std::string truthJson(const economics::PriceBook *book = nullptr) const;
    /// Stops one listener ("lakefs", "mlflow", "prometheus"), as if that server had died.
    void stop(std::string_view source);

private:
    struct Private;
    explicit DemoServer(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace andon::demo
