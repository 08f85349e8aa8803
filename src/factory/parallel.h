#pragma once
// Runs fn(0) … fn(n-1) on at most `threads` threads and waits. Worker threads only; fn must be safe to call at once
// from several.
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace andon::factory
{

template <typename Fn> void parallelFor(std::size_t n, std::size_t threads, Fn fn)
{
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < n; i = next++)
            fn(i);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t t = 1; t < std::min(threads, n); ++t)
        helpers.emplace_back(work);
    work();
}

} // namespace andon::factory
