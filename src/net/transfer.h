#pragma once
// One request on its way: the easy handle's options, the bytes that came, and the answer made of them. Network thread
// only.
#include "core/cancel.h"
#include "net/url.h"

#include <curl/curl.h>

#include <functional>
#include <memory>

namespace andon::net
{

struct Transfer {
    std::shared_ptr<const Endpoint> endpoint;
    Request request;
    core::Cancel cancel;
    std::function<void(core::Result<Response>)> done;

    ~Transfer();
    /// Sets every option of reference reliability-and-security 1.2 on a fresh handle.
    [[nodiscard]] core::Result<void> prepare(CURL *handle, const Base &base);
    /// True when the answer is a redirect of a read within the origin: prepare() again then.
    [[nodiscard]] bool redirect(CURL *handle, CURLcode code);
    [[nodiscard]] core::Result<Response> finish(CURL *handle, CURLcode code);
    /// The error of one that was given up. handle: nullptr when it never started.
    [[nodiscard]] core::Error cancelled(CURL *handle) const;

private:
    [[nodiscard]] core::Result<void> setHeaders(CURL *handle);
    void setLimits(CURL *handle) const;
    void setBody(CURL *handle) const;
    [[nodiscard]] bool takesBody(std::size_t bytes);
    [[nodiscard]] bool takesHeader(std::string_view line);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);

    CURL *m_handle = nullptr;
    curl_slist *m_headers = nullptr;
    std::string m_url;
    std::string m_redirectedTo;
    int m_redirects = 0;
    Response m_response;
    std::size_t m_headerBytes = 0;
    bool m_headEnded = false; ///< the blank line came: libcurl takes an answer for whole that broke off before
    core::Error m_refused; ///< why we broke off; nothing when its detail is empty
    bool m_cut = false; ///< an error's body was longer than anybody reads
    char m_words[CURL_ERROR_SIZE] = {};
};

} // namespace andon::net
