#pragma once
// Values as bytes, for what is kept from one start to the next. A struct takes part by
//     template <typename Archive> void fields(Archive &archive, T &value)
// that hands all its members to the archive in order, through a structured binding, so that a new member cannot be
// forgotten. The bytes are for the same build on the same machine: whoever keeps them keeps what they are, too. Pure.
#include "core/ids.h"
#include "telemetry/series.h"

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace andon::factory
{

template <typename T> constexpr bool kPlain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Packer
{
public:
    template <typename... Ts> void operator()(Ts &...values) { (put(values), ...); }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

private:
    void raw(const void *from, std::size_t size) { m_bytes.append(static_cast<const char *>(from), size); }
    void size(std::size_t n)
    {
        const auto count = static_cast<std::uint32_t>(n);
        raw(&count, sizeof count);
    }
    template <typename T> void put(T &value)
    {
        if constexpr (kPlain<T>)
            raw(&value, sizeof value);
        else
            fields(*this, value);
    }
    void put(std::string &text)
    {
        size(text.size());
        raw(text.data(), text.size());
    }
    template <typename T> void put(std::vector<T> &all)
    {
        size(all.size());
        if constexpr (kPlain<T>)
            raw(all.data(), all.size() * sizeof(T));
        else
            for (T &one : all)
                put(one);
    }
    template <typename T> void put(std::optional<T> &value)
    {
        size(value ? 1 : 0);
        if (value)
            put(*value);
    }
    template <typename... Ts> void put(std::variant<Ts...> &value)
    {
        size(value.index());
        std::visit([this](auto &held) { put(held); }, value);
    }
    template <typename A, typename B> void put(std::pair<A, B> &both) { (*this)(both.first, both.second); }
    void put(std::map<std::string, std::string> &all)
    {
        size(all.size());
        for (auto &[key, value] : all) {
            std::string copy = key;
            (*this)(copy, value);
        }
    }
    template <typename Tag> void put(core::Id<Tag> &id) { put(id.value); }
    void put(telemetry::Labels &labels)
    {
        auto pairs = labels.pairs();
        put(pairs);
    }

    std::string m_bytes;
};

} // namespace andon::factory
