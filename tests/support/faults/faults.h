#pragma once
// A server that goes wrong on demand: each fault has its own address, below which every path has it. Apart from its
// fault it answers like a lakeFS, an MLflow and a Prometheus that are asked who they are. Any thread.
#include "tests/support/faults/scriptedserver.h"

#include <string>
#include <string_view>
#include <vector>

namespace andon::test
{

struct Fault {
    std::string name = {}; ///< "login-page": also the first segment of its address
    std::string says = {}; ///< what goes wrong, in a few words
};

/// All of them, "healthy" first.
[[nodiscard]] const std::vector<Fault> &faults();

class FaultServer
{
public:
    FaultServer();
    ~FaultServer();

    /// The base URL of a fault, without a slash at its end. Aborts on a name that there is not.
    [[nodiscard]] std::string url(std::string_view fault) const;
    [[nodiscard]] std::string origin(std::string_view fault) const; ///< http(s)://127.0.0.1:PORT
    /// What came to the faults, and what came to the other origin that "redirect-elsewhere" points at.
    [[nodiscard]] std::vector<Heard> heard() const;
    [[nodiscard]] std::vector<Heard> heardElsewhere() const;
    [[nodiscard]] std::string certificate() const; ///< PEM of "untrusted-certificate": trust it to get through

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace andon::test
