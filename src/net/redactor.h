#pragma once
// Puts "…" in the place of an endpoint's secrets wherever a server or a library repeats them. Immutable; any thread.
#include "net/request.h"

namespace andon::net
{

class Redactor
{
public:
    /// Secret are the password or token (also in the form of a Basic header), the values of custom headers that are not
    /// known to be harmless, and the password of a proxy. What is shorter than 4 bytes cannot be told from other text.
    explicit Redactor(const Endpoint &endpoint);

    void clean(std::string &text) const;
    void clean(core::Error &error) const;
    /// Header values always, the body only of what is shown as words: a refusal or a page. Data stays as it came.
    void clean(Response &response) const;

private:
    std::vector<std::string> m_secrets; ///< longest first
};

} // namespace andon::net
