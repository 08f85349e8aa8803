#pragma once
// The lock that one process per profile holds while it may write. The kernel lets go of it when that process dies, also
// by kill -9. What stands in the file only says who that is and where it listens. Any thread.
#include "profile/profile.h"

#include <memory>

namespace andon::profile
{

struct Holder {
    std::int64_t process = 0;
    std::string program = {}; ///< "andon", "andonctl sync --watch"
    std::string socket = {}; ///< takes the writes of others; "" when it takes none
    [[nodiscard]] std::string text() const; ///< "andon (process 4711)"
};

class Lock
{
public:
    ~Lock();
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;
    /// nullptr when another process holds it.
    [[nodiscard]] static core::Result<std::unique_ptr<Lock>> take(const Paths &paths, const std::string &program);
    /// Tells others where the holder listens.
    [[nodiscard]] core::Result<void> announce(const std::string &socket);
    /// What the holder wrote; of use only after take() gave nullptr. nullopt: nothing that can be read.
    [[nodiscard]] static std::optional<Holder> holder(const Paths &paths);

private:
    Lock(int descriptor, std::string path, std::string program)
        : m_descriptor(descriptor)
        , m_path(std::move(path))
        , m_program(std::move(program))
    {
    }
    int m_descriptor = -1;
    std::string m_path;
    std::string m_program;
};

} // namespace andon::profile
