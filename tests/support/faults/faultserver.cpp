// faultserver: every fault behind its own address, for trying a program by hand or from a script.
//   faultserver [--seconds N]   prints {"faults":{NAME:URL…},"certificate":PEM} when it is ready, ends after N seconds
#include "tests/support/faults/faults.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

int main(int argc, char **argv)
{
    int seconds = 60;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--seconds") == 0 && i + 1 < argc && std::atoi(argv[i + 1]) > 0) {
            seconds = std::atoi(argv[++i]);
            continue;
        }
        std::fprintf(stderr, "usage: faultserver [--seconds N]\n\n");
        for (const andon::test::Fault &fault : andon::test::faults())
            std::fprintf(stderr, "    %-22s %s\n", fault.name.c_str(), fault.says.c_str());
        return 2;
    }
    const andon::test::FaultServer server;
    nlohmann::json ready;
    for (const andon::test::Fault &fault : andon::test::faults())
        ready["faults"][fault.name] = server.url(fault.name);
    ready["certificate"] = server.certificate();
    std::printf("%s\n", ready.dump().c_str());
    std::fflush(stdout);
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
    return 0;
}
