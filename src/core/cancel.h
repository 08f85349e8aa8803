#pragma once
// A flag that long work looks at. Copies share it; any thread.
#include <atomic>
#include <memory>

namespace andon::core
{

class Cancel
{
public:
    void cancel() const { *m_flag = true; }
    [[nodiscard]] bool cancelled() const { return *m_flag; }

private:
    std::shared_ptr<std::atomic<bool>> m_flag = std::make_shared<std::atomic<bool>>(false);
};

} // namespace andon::core
