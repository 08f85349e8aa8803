#include "sources/mlflow/mlflowclient.h"

#include "net/classify.h"
#include "net/pages.h"
#include "sources/mlflow/decode.h"
#include "sources/shared/json.h"

#include <set>

namespace andon::sources::mlflow
{

namespace
{
constexpr int kMaxPages = 10'000;
constexpr int kExperimentsPerPage = 1000;
constexpr int kRunsPerPage = 1000;
constexpr int kModelsPerPage = 1000; // the most that the server gives; above: 400
constexpr int kVersionsPerPage = 5000;
constexpr int kLoggedModelsPerPage = 50; // the documented most
constexpr std::size_t kExperimentsPerSearch = 100;

std::string dump(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

net::Request search(net::Request request, const Json &body)
{
    request.method = net::Method::Post;
    request.body = dump(body);
    request.contentType = "application/json";
    return request; // a search reads: it stays idempotent
}

std::vector<std::vector<std::string>> batches(const std::vector<core::ExperimentId> &experiments)
{
    std::vector<std::vector<std::string>> out;
    for (std::size_t i = 0; i < experiments.size(); ++i) {
        if (i % kExperimentsPerSearch == 0)
            out.emplace_back();
        out.back().push_back(experiments[i].value);
    }
    return out;
}
} // namespace

MlflowClient::MlflowClient(std::unique_ptr<net::HttpClient> http)
    : m_http(std::move(http))
{
}

net::Request MlflowClient::request(const std::string &call) const
{
    net::Request out{.path = {"api", "2.0", "mlflow"}, .what = "mlflow " + call};
    const std::size_t slash = call.find('/');
    out.path.push_back(call.substr(0, slash));
    if (slash != std::string::npos)
        out.path.push_back(call.substr(slash + 1));
    return out;
}

core::Result<net::Response> MlflowClient::answer(const net::Request &request, const core::Cancel &cancel) const
{
    auto response = m_http->get(request, cancel);
    if (!response)
        return response;
    if (const auto body = net::expectJson(request, *response); !body)
        return core::fail(body.error());
    return response;
}

core::Result<std::string> MlflowClient::version(const core::Cancel &cancel) const
{
    net::Request ask = request("version");
    ask.path = {"version"};
    const auto response = m_http->get(ask, cancel);
    if (!response && response.error().kind == core::ErrorKind::NotFound)
        return std::string(); // servers before 1.x had no such route, and some gateways hide it
    if (!response)
        return core::fail(response.error());
    auto text = decodeVersionText(response->body);
    if (text)
        return text;
    core::Error error = text.error();
    error.server = response->server;
    error.httpStatus = response->status;
    error.detail = net::wordsOf(*response);
    if (response->body.find('<') != std::string::npos)
        error.hint = "html-login";
    return core::fail(std::move(error));
}

core::Result<roles::RegistryInfo> MlflowClient::probe(const core::Cancel &cancel)
{
    auto text = version(cancel);
    if (!text)
        return core::fail(text.error());
    roles::RegistryInfo info{.product = "MLflow", .version = std::move(*text)};
    const auto alive = answer(search(request("experiments/search"), {{"max_results", 1}}), cancel);
    if (!alive)
        return core::fail(alive.error());
    if (auto decoded = m_http->named(decodeExperiments(alive->body)); !decoded)
        return core::fail(decoded.error());
    info.rowsAcrossExperiments = majorOf(info.version) == 2;
    if (info.rowsAcrossExperiments)
        return info;
    const auto logged =
        answer(search(request("logged-models/search"), {{"experiment_ids", {"0"}}, {"max_results", 1}}), cancel);
    // A refusal still proves the route; only its absence says that there are none.
    info.loggedModels =
        logged || logged.error().kind == core::ErrorKind::Forbidden || logged.error().kind == core::ErrorKind::Invalid;
    if (!info.loggedModels && logged.error().kind != core::ErrorKind::NotFound)
        return core::fail(logged.error());
    info.rowsAcrossExperiments = !info.loggedModels; // a 2.x that hides its version
    return info;
}

core::Result<std::vector<lineage::Experiment>> MlflowClient::experiments(const core::Cancel &cancel)
{
    std::vector<lineage::Experiment> all;
    const auto read = net::eachPage(
        "mlflow experiments/search", kMaxPages, cancel, [&](const std::string &token) -> core::Result<std::string> {
            Json body{{"max_results", kExperimentsPerPage}, {"view_type", "ALL"}};
            if (!token.empty())
                body["page_token"] = token;
            const auto response = answer(search(request("experiments/search"), body), cancel);
            if (!response)
                return core::fail(response.error());
            auto page = m_http->named(decodeExperiments(response->body));
            if (!page)
                return core::fail(page.error());
            all.insert(all.end(), page->items.begin(), page->items.end());
            return page->next;
        });
    if (!read)
        return core::fail(read.error());
    return all;
}

core::Result<void> MlflowClient::searchRuns(const std::vector<std::string> &experiments, const std::string &filter,
                                            roles::RunsAnswer &out, const core::Cancel &cancel) const
{
    return net::eachPage(
        "mlflow runs/search", kMaxPages, cancel, [&](const std::string &token) -> core::Result<std::string> {
            Json body{{"experiment_ids", experiments},
                      {"run_view_type", "ALL"},
                      {"max_results", kRunsPerPage},
                      {"order_by", {"attributes.start_time ASC"}}};
            if (!filter.empty())
                body["filter"] = filter;
            if (!token.empty())
                body["page_token"] = token;
            const net::Request ask = search(request("runs/search"), body);
            const auto response = answer(ask, cancel);
            if (!response)
                return core::fail(response.error());
            auto page = m_http->named(decodeRuns(response->body));
            if (!page)
                return core::fail(page.error());
            out.evidence.push_back(m_http->evidence(ask, *response, static_cast<std::int64_t>(page->items.size())));
            std::move(page->items.begin(), page->items.end(), std::back_inserter(out.runs));
            return page->next;
        });
}

core::Result<roles::RunsAnswer> MlflowClient::runs(const std::vector<core::ExperimentId> &experiments,
                                                   core::Instant since, const core::Cancel &cancel)
{
    // The filter language has no OR: what started since, then what started before and ended since.
    std::vector<std::string> filters{""};
    if (since.known()) {
        const std::string ms = std::to_string(since.ms);
        filters = {"attributes.start_time >= " + ms,
                   "attributes.start_time < " + ms + " AND attributes.end_time >= " + ms};
    }
    roles::RunsAnswer out;
    for (const auto &batch : batches(experiments))
        for (const std::string &filter : filters)
            if (const auto read = searchRuns(batch, filter, out, cancel); !read)
                return core::fail(read.error());
    // Paging is by offset: a run that moves while we read may come twice.
    std::set<core::RunId> seen;
    std::erase_if(out.runs, [&](const lineage::Run &run) { return !seen.insert(run.id).second; });
    return out;
}

core::Result<lineage::Run> MlflowClient::run(const core::RunId &id, core::Evidence *evidence,
                                             const core::Cancel &cancel)
{
    net::Request ask = request("runs/get");
    ask.query = {{"run_id", id.value}};
    const auto response = answer(ask, cancel);
    if (!response)
        return core::fail(response.error());
    auto run = m_http->named(decodeRun(response->body));
    if (run && evidence)
        *evidence = m_http->evidence(ask, *response, 1);
    return run;
}

core::Result<void>
MlflowClient::getPages(const std::string &call, int pageSize, const core::Cancel &cancel,
                       const std::function<core::Result<std::string>(const std::string &)> &page) const
{
    return net::eachPage("mlflow " + call, kMaxPages, cancel,
                         [&](const std::string &token) -> core::Result<std::string> {
                             net::Request ask = request(call);
                             ask.query = {{"max_results", std::to_string(pageSize)}};
                             if (!token.empty())
                                 ask.query.emplace_back("page_token", token);
                             const auto response = answer(ask, cancel);
                             if (!response)
                                 return core::fail(response.error());
                             return page(response->body);
                         });
}

core::Result<std::vector<lineage::RegisteredModel>> MlflowClient::models(const core::Cancel &cancel)
{
    std::vector<lineage::RegisteredModel> all;
    const auto read = getPages("registered-models/search", kModelsPerPage, cancel,
                               [&](const std::string &body) -> core::Result<std::string> {
                                   auto page = m_http->named(decodeModels(body));
                                   if (!page)
                                       return core::fail(page.error());
                                   all.insert(all.end(), page->items.begin(), page->items.end());
                                   return page->next;
                               });
    if (!read)
        return core::fail(read.error());
    return all;
}

core::Result<std::vector<lineage::ModelVersion>> MlflowClient::versions(const core::Cancel &cancel)
{
    std::vector<lineage::ModelVersion> all;
    const auto read = getPages("model-versions/search", kVersionsPerPage, cancel,
                               [&](const std::string &body) -> core::Result<std::string> {
                                   auto page = m_http->named(decodeVersions(body));
                                   if (!page)
                                       return core::fail(page.error());
                                   all.insert(all.end(), page->items.begin(), page->items.end());
                                   return page->next;
                               });
    if (!read)
        return core::fail(read.error());
    return all;
}

core::Result<std::vector<lineage::LoggedModel>>
MlflowClient::loggedModels(const std::vector<core::ExperimentId> &experiments, const core::Cancel &cancel)
{
    std::vector<lineage::LoggedModel> all;
    for (const auto &batch : batches(experiments)) {
        const auto read = net::eachPage("mlflow logged-models/search", kMaxPages, cancel,
                                        [&](const std::string &token) -> core::Result<std::string> {
                                            Json body{{"experiment_ids", batch}, {"max_results", kLoggedModelsPerPage}};
                                            if (!token.empty())
                                                body["page_token"] = token;
                                            const auto response =
                                                answer(search(request("logged-models/search"), body), cancel);
                                            if (!response)
                                                return core::fail(response.error());
                                            auto page = m_http->named(decodeLoggedModels(response->body));
                                            if (!page)
                                                return core::fail(page.error());
                                            all.insert(all.end(), page->items.begin(), page->items.end());
                                            return page->next;
                                        });
        if (!read && read.error().kind == core::ErrorKind::NotFound)
            return std::vector<lineage::LoggedModel>{};
        if (!read)
            return core::fail(read.error());
    }
    return all;
}

} // namespace andon::sources::mlflow
