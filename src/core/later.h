#pragma once
// Something that is made when it is first used, or was made before, or is not there at all. Copies share it.
// Any thread may be the first.
#include <functional>
#include <memory>
#include <mutex>
#include <type_traits>

namespace andon::core
{

template <typename T> class Later
{
public:
    using Make = std::function<std::unique_ptr<T>()>;

    Later() = default; ///< nothing
    Later(std::nullptr_t) { }
    template <typename Made>
    requires std::is_convertible_v<Made *, T *> Later(std::unique_ptr<Made> made) // the same thing, made already
        : m_held(made ? std::make_shared<Held>() : nullptr)
    {
        if (m_held)
            m_held->made = std::move(made);
    }
    /// make: never nullptr. Called at most once.
    explicit Later(Make make)
        : m_held(std::make_shared<Held>())
    {
        m_held->make = std::move(make);
    }

    /// Whether there is something, made or not.
    explicit operator bool() const { return m_held != nullptr; }
    T &operator*() const
    {
        std::call_once(m_held->once, [held = m_held.get()] {
            if (!held->made)
                held->made = held->make();
        });
        return *m_held->made;
    }
    T *operator->() const { return &**this; }

private:
    struct Held {
        std::once_flag once = {};
        Make make = {};
        std::unique_ptr<T> made = {};
    };
    std::shared_ptr<Held> m_held;
};

} // namespace andon::core
