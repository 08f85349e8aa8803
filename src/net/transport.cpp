#include "net/transport.h"

#include "net/transfer.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace andon::net
{

namespace
{
constexpr int kMaxTotal = 16;
}

class Transport::Loop
{
public:
    Loop()
        : m_multi(curl_multi_init())
    {
        curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
        curl_multi_setopt(m_multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(kMaxTotal));
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
            collect();
            dropCancelled();
            // Between taking and polling a wakeup may come: poll returns at once then.
            if (m_waiting.empty() || m_active.size() >= kMaxTotal || !startable())
                curl_multi_poll(m_multi, nullptr, 0, 1000, nullptr);
        }
        abortAll();
    }

    bool takeIncoming()
    {
        const std::scoped_lock lock(m_mutex);
        for (auto &transfer : m_incoming)
            m_waiting.push_back(std::move(transfer));
        m_incoming.clear();
        return !m_stopping;
    }

    bool mayStart(const Transfer &transfer) const
    {
        const auto found = m_perEndpoint.find(transfer.endpoint.get());
        return found == m_perEndpoint.end() || found->second < transfer.endpoint->maxConnections;
    }

    bool startable() const
    {
        return std::any_of(m_waiting.begin(), m_waiting.end(),
                           [this](const auto &transfer) { return mayStart(*transfer); });
    }

    void startWaiting()
    {
        for (auto it = m_waiting.begin(); it != m_waiting.end() && m_active.size() < kMaxTotal;) {
            if (!mayStart(**it)) {
                ++it;
                continue;
            }
            std::unique_ptr<Transfer> transfer = std::move(*it);
            it = m_waiting.erase(it);
            start(std::move(transfer));
        }
    }

    void start(std::unique_ptr<Transfer> transfer)
    {
        CURL *handle = m_idle.empty() ? curl_easy_init() : m_idle.back();
        if (!m_idle.empty())
            m_idle.pop_back();
        if (auto ready = transfer->prepare(handle); !ready) {
            m_idle.push_back(handle);
            transfer->done(core::fail(ready.error()));
            return;
        }
        ++m_perEndpoint[transfer->endpoint.get()];
        curl_multi_add_handle(m_multi, handle);
        m_active[handle] = std::move(transfer);
    }

    std::unique_ptr<Transfer> release(CURL *handle)
    {
        curl_multi_remove_handle(m_multi, handle);
        auto node = m_active.extract(handle);
        std::unique_ptr<Transfer> transfer = std::move(node.mapped());
        if (const auto count = m_perEndpoint.find(transfer->endpoint.get()); --count->second == 0)
            m_perEndpoint.erase(count);
        return transfer;
    }

    void recycle(CURL *handle)
    {
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
                m_waiting.push_front(std::move(transfer));
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
        for (CURL *handle : gone) {
            const std::unique_ptr<Transfer> transfer = release(handle);
            curl_easy_cleanup(handle); // its connection is in an unknown state
            transfer->done(core::fail(transfer->cancelled()));
        }
        for (auto it = m_waiting.begin(); it != m_waiting.end();) {
            if (!(*it)->cancel.cancelled()) {
                ++it;
                continue;
            }
            const std::unique_ptr<Transfer> transfer = std::move(*it);
            it = m_waiting.erase(it);
            transfer->done(core::fail(transfer->cancelled()));
        }
    }

    void abortAll()
    {
        while (!m_active.empty()) {
            CURL *handle = m_active.begin()->first;
            const std::unique_ptr<Transfer> transfer = release(handle);
            curl_easy_cleanup(handle);
            transfer->done(core::fail(transfer->cancelled()));
        }
        takeIncoming();
        for (const auto &transfer : m_waiting)
            transfer->done(core::fail(transfer->cancelled()));
        m_waiting.clear();
    }

    CURLM *m_multi;
    std::mutex m_mutex; // m_incoming and m_stopping; all else belongs to the network thread
    std::vector<std::unique_ptr<Transfer>> m_incoming;
    bool m_stopping = false;
    std::deque<std::unique_ptr<Transfer>> m_waiting;
    std::map<CURL *, std::unique_ptr<Transfer>> m_active;
    std::map<const Endpoint *, int> m_perEndpoint;
    std::vector<CURL *> m_idle;
    std::jthread m_thread;

    friend class Transport;
};

Transport::Transport()
{
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)once;
    m_loop = std::make_unique<Loop>();
}

Transport::~Transport() = default;

void Transport::submit(std::shared_ptr<const Endpoint> endpoint, Request request, core::Cancel cancel, Done done)
{
    auto transfer = std::make_unique<Transfer>();
    transfer->endpoint = std::move(endpoint);
    transfer->request = std::move(request);
    transfer->cancel = std::move(cancel);
    transfer->done = std::move(done);
    m_loop->submit(std::move(transfer));
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
        const std::scoped_lock lock(waiter->mutex);
        waiter->answer = std::move(answer);
        waiter->ready.notify_one();
    });
    std::unique_lock lock(waiter->mutex);
    bool told = false;
    while (!waiter->ready.wait_for(lock, std::chrono::milliseconds(20), [&] { return waiter->answer.has_value(); }))
        if (cancel.cancelled() && !told) {
            told = true;
            m_loop->wake();
        }
    return std::move(*waiter->answer);
}

} // namespace andon::net
