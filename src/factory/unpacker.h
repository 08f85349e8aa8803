#pragma once
// The bytes of a Packer as values again. Nothing is read beyond the end, no count is believed that cannot be. Pure.
#include "factory/packer.h"

#include <cstring>
#include <string_view>

namespace andon::factory
{

class Unpacker
{
public:
    explicit Unpacker(std::string_view bytes)
        : m_left(bytes)
    {
    }
    template <typename... Ts> void operator()(Ts &...values) { (get(values), ...); }
    /// All was there, and nothing more.
    [[nodiscard]] bool done() const { return m_ok && m_left.empty(); }

private:
    void raw(void *to, std::size_t size)
    {
        m_ok = m_ok && size <= m_left.size();
        if (!m_ok || size == 0)
            return;
        std::memcpy(to, m_left.data(), size);
        m_left.remove_prefix(size);
    }
    /// Of things that take at least so many bytes each: 0 when there cannot be that many.
    std::size_t size(std::size_t each)
    {
        std::uint32_t count = 0;
        raw(&count, sizeof count);
        m_ok = m_ok && count <= m_left.size() / each;
        return m_ok ? count : 0;
    }
    template <typename T> void get(T &value)
    {
        if constexpr (kPlain<T>)
            raw(&value, sizeof value);
        else
            fields(*this, value);
    }
    void get(std::string &text)
    {
        text.resize(size(1));
        raw(text.data(), text.size());
    }
    template <typename T> void get(std::vector<T> &all)
    {
        if constexpr (kPlain<T>) {
            all.resize(size(sizeof(T)));
            raw(all.data(), all.size() * sizeof(T));
        } else {
            all.resize(size(1));
            for (T &one : all)
                if (m_ok)
                    get(one);
        }
    }
    template <typename T> void get(std::optional<T> &value)
    {
        std::uint32_t there = 0;
        raw(&there, sizeof there);
        value.reset();
        if (there != 0 && m_ok)
            get(value.emplace());
    }
    template <typename... Ts> void get(std::variant<Ts...> &value)
    {
        std::uint32_t index = 0;
        raw(&index, sizeof index);
        std::uint32_t at = 0;
        const bool known = ((index == at++ ? (get(value.template emplace<Ts>()), true) : false) || ...);
        m_ok = m_ok && known;
    }
    template <typename A, typename B> void get(std::pair<A, B> &both) { (*this)(both.first, both.second); }
    void get(std::map<std::string, std::string> &all)
    {
        all.clear();
        for (std::size_t n = size(1); n > 0 && m_ok; --n) {
            std::string key;
            get(key);
            get(all[key]);
        }
    }
    template <typename Tag> void get(core::Id<Tag> &id) { get(id.value); }
    void get(telemetry::Labels &labels)
    {
        std::vector<std::pair<std::string, std::string>> pairs;
        get(pairs);
        labels = telemetry::Labels(std::move(pairs));
    }

    std::string_view m_left;
    bool m_ok = true;
};

} // namespace andon::factory
