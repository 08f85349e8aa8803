#include "net/transport.h"

#include "net/transfer.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace andon::net
{

namespace
{
constexpr std::size_t kMaxTotal = 16;
constexpr std::size_t kKeptHandles = 32;
} // namespace

/// A source: what is under way, what waits its turn, and where all of it goes.
struct Transport::Lane {
    std::weak_ptr<const Endpoint> source = {};
    std::optional<core::Result<Base>> base = {};
    std::deque<std::unique_ptr<Transfer>> waiting = {};
    int active = 0;
};

class Transport::Loop
{
public:
    Loop()
        : m_multi(curl_multi_init())
    {
        // Connections in use are counted here, per source and in total; libcurl only keeps so many idle ones.
        curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
        curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, static_cast<long>(kMaxTotal));
        m_thread = std::jthread([this] { run(); });
    }

    ~Loop()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_stopping = true;
        }
        curl_multi_wakeup(m_multi);
        m_thread.join();
        for (CURL *handle : m_idle)
            curl_easy_cleanup(handle);
        curl_multi_cleanup(m_multi);
    }

    void submit(std::unique_ptr<Transfer> transfer)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_incoming.push_back(std::move(transfer));
        }
        if (m_polling) // else it looks again before it does
            curl_multi_wakeup(m_multi);
    }

    void wake() { curl_multi_wakeup(m_multi); }

private:
    void run()
    {
        while (takeIncoming()) {
            startWaiting();
            int running = 0;
            curl_multi_perform(m_multi, &running);
            const std::size_t before = m_active.size();
            collect();
            dropCancelled();
            m_polling = true;
            // Where one ended another may start at once.
            if (!hasIncoming() && (m_active.size() == before || m_waiting == 0))
                curl_multi_poll(m_multi, nullptr, 0, 1000, nullptr);
            m_polling = false;
        }
        abortAll();
    }

    bool hasIncoming()
    {
        const std::scoped_lock lock(m_mutex);
        return !m_incoming.empty() || m_stopping;
    }

    bool takeIncoming()
    {
        const std::scoped_lock lock(m_mutex);
        for (auto &transfer : m_incoming) {
            Lane &lane = m_lanes[transfer->endpoint.get()];
            if (lane.source.lock() != transfer->endpoint) // new, or another endpoint was in the same place
                lane = Lane{.source = transfer->endpoint};
            lane.waiting.push_back(std::move(transfer));
            ++m_waiting;
        }
        m_incoming.clear();
        return !m_stopping;
    }

    /// A source may always have one request under way, however many of others hang.
    bool mayStart(const Lane &lane) const
    {
        return !lane.waiting.empty() && lane.active < lane.waiting.front()->endpoint->maxConnections
            && (m_active.size() < kMaxTotal || lane.active == 0);
    }

    /// The source with the fewest under way comes first, so that none takes every place.
    void startWaiting()
    {
        while (m_waiting > 0) {
            Lane *next = nullptr;
            for (auto &[endpoint, lane] : m_lanes)
                if (mayStart(lane) && (next == nullptr || lane.active < next->active))
                    next = &lane;
            if (next == nullptr)
                return;
            start(*next);
        }
    }

    void start(Lane &lane)
    {
        std::unique_ptr<Transfer> transfer = std::move(lane.waiting.front());
        lane.waiting.pop_front();
        --m_waiting;
        CURL *handle = m_idle.empty() ? curl_easy_init() : m_idle.back();
        if (!m_idle.empty())
            m_idle.pop_back();
        if (!lane.base)
            lane.base = baseOf(*transfer->endpoint, transfer->request.what);
        auto ready = *lane.base ? transfer->prepare(handle, **lane.base) : core::fail(lane.base->error());
        if (!ready) {
            recycle(handle);
            ready.error().where = transfer->request.what;
            transfer->done(core::fail(ready.error()));
            return;
        }
        ++lane.active;
        curl_multi_add_handle(m_multi, handle);
        m_active[handle] = std::move(transfer);
    }

    std::unique_ptr<Transfer> release(CURL *handle)
    {
        curl_multi_remove_handle(m_multi, handle);
        auto node = m_active.extract(handle);
        std::unique_ptr<Transfer> transfer = std::move(node.mapped());
        --m_lanes[transfer->endpoint.get()].active;
        return transfer;
    }

    void recycle(CURL *handle)
    {
        if (m_idle.size() >= kKeptHandles) {
            curl_easy_cleanup(handle);
            return;
        }
        curl_easy_reset(handle);
        m_idle.push_back(handle);
    }

    void collect()
    {
        int left = 0;
        while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            CURL *handle = message->easy_handle;
            const CURLcode code = message->data.result;
            std::unique_ptr<Transfer> transfer = release(handle);
            if (transfer->redirect(handle, code)) {
                recycle(handle);
                m_lanes[transfer->endpoint.get()].waiting.push_front(std::move(transfer));
                ++m_waiting;
                continue;
            }
            auto answer = transfer->finish(handle, code);
            recycle(handle);
            transfer->done(std::move(answer));
        }
    }

    void dropCancelled()
    {
        std::vector<CURL *> gone;
        for (const auto &[handle, transfer] : m_active)
            if (transfer->cancel.cancelled())
                gone.push_back(handle);
        for (CURL *handle : gone)
            giveUp(handle);
        for (auto it = m_lanes.begin(); it != m_lanes.end();) {
            auto &waiting = it->second.waiting;
            for (auto next = waiting.begin(); next != waiting.end();) {
                if (!(*next)->cancel.cancelled()) {
                    ++next;
                    continue;
                }
                const std::unique_ptr<Transfer> transfer = std::move(*next);
                next = waiting.erase(next);
                --m_waiting;
                transfer->done(core::fail(transfer->cancelled(nullptr)));
            }
            const bool idle = waiting.empty() && it->second.active == 0;
            it = idle && it->second.source.expired() ? m_lanes.erase(it) : std::next(it);
        }
    }

    void giveUp(CURL *handle)
    {
        const core::Error error = m_active[handle]->cancelled(handle);
        const std::unique_ptr<Transfer> transfer = release(handle);
        curl_easy_cleanup(handle); // its connection is in an unknown state
        transfer->done(core::fail(error));
    }

    void abortAll()
    {
        while (!m_active.empty())
            giveUp(m_active.begin()->first);
        takeIncoming();
        for (const auto &[source, lane] : m_lanes)
            for (const auto &transfer : lane.waiting)
                transfer->done(core::fail(transfer->cancelled(nullptr)));
        m_lanes.clear();
    }

    CURLM *m_multi;
    std::mutex m_mutex; // m_incoming and m_stopping; all else belongs to the network thread
    std::vector<std::unique_ptr<Transfer>> m_incoming;
    bool m_stopping = false;
    std::atomic<bool> m_polling = false; // a wakeup would be heard
    std::map<const Endpoint *, Lane> m_lanes;
    std::size_t m_waiting = 0; // in all lanes
    std::map<CURL *, std::unique_ptr<Transfer>> m_active;
    std::vector<CURL *> m_idle;
    std::jthread m_thread;

    friend class Transport;
};

Transport::Transport() = default;
Transport::~Transport() = default;

Transport::Loop &Transport::loop()
{
    std::call_once(m_begun, [this] {
        static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
        (void)once;
        m_loop = std::make_unique<Loop>();
    });
    return *m_loop;
}

void Transport::submit(std::shared_ptr<const Endpoint> endpoint, Request request, core::Cancel cancel, Done done)
{
    auto transfer = std::make_unique<Transfer>();
    transfer->endpoint = std::move(endpoint);
    transfer->request = std::move(request);
    transfer->cancel = std::move(cancel);
    transfer->done = std::move(done);
    loop().submit(std::move(transfer));
}

core::Result<Response> Transport::perform(const std::shared_ptr<const Endpoint> &endpoint, const Request &request,
                                          const core::Cancel &cancel)
{
    struct Waiter {
        std::mutex mutex;
        std::condition_variable ready;
        std::optional<core::Result<Response>> answer;
    };
    const auto waiter = std::make_shared<Waiter>();
    submit(endpoint, request, cancel, [waiter](core::Result<Response> answer) {
        {
            const std::scoped_lock lock(waiter->mutex);
            waiter->answer = std::move(answer);
        }
        waiter->ready.notify_one();
    });
    std::unique_lock lock(waiter->mutex);
    bool told = false;
    while (!waiter->ready.wait_for(lock, std::chrono::milliseconds(20), [&] { return waiter->answer.has_value(); }))
        if (cancel.cancelled() && !told) {
            told = true;
            loop().wake();
        }
    return std::move(*waiter->answer);
}

} // namespace andon::net
