#pragma once
// Asks a source and tells the board of the site how it did. Any thread.
#include "core/result.h"
#include "factory/sourceboard.h"

#include <chrono>

namespace andon::factory
{

/// That something is not there is an answer, and that the disk is full says nothing of the source.
template <typename T, typename Ask> core::Result<T> told(SourceBoard &board, const std::string &kind, Ask ask)
{
    using namespace std::chrono;
    const auto start = steady_clock::now();
    core::Result<T> answer = ask();
    if (answer)
        board.answered(kind, duration_cast<milliseconds>(steady_clock::now() - start).count());
    else if (answer.error().kind != core::ErrorKind::NotFound && answer.error().kind != core::ErrorKind::Storage)
        board.failed(kind, answer.error());
    return answer;
}

} // namespace andon::factory
