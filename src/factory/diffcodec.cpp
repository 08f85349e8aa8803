#include "factory/diffcodec.h"

#include "factory/unpacker.h"

#include <algorithm>

namespace andon::factory
{

namespace
{

// Paths are sorted: of each only what differs from the one before is kept. A million changes are 25 MB.
constexpr std::uint8_t kFormat = 2;
constexpr std::uint8_t kPrefix = 0x10;
constexpr std::uint8_t kSized = 0x20;

} // namespace

std::string packDiff(const versions::DiffPage &page)
{
    Packer pack;
    std::uint8_t format = kFormat;
    std::string next = page.next;
    auto count = static_cast<std::uint32_t>(page.entries.size());
    pack(format, next, count);
    std::string_view last;
    for (const versions::DiffEntry &entry : page.entries) {
        const auto end = std::mismatch(last.begin(), last.end(), entry.path.begin(), entry.path.end()).first;
        auto same = static_cast<std::uint32_t>(end - last.begin());
        std::string rest = entry.path.substr(same);
        auto kind = static_cast<std::uint8_t>(static_cast<int>(entry.type) | (entry.isPrefix ? kPrefix : 0)
                                              | (entry.sizeBytes ? kSized : 0));
        pack(kind, same, rest);
        if (std::int64_t size = entry.sizeBytes.value_or(0); entry.sizeBytes)
            pack(size);
        last = entry.path;
    }
    return pack.take();
}

core::Result<versions::DiffPage> unpackDiff(std::string_view packed)
{
    const auto damaged = [] { return core::fail(core::ErrorKind::Storage, "cache", "a cached comparison is damaged"); };
    Unpacker unpack(packed);
    std::uint8_t format = 0;
    std::uint32_t count = 0;
    versions::DiffPage page;
    unpack(format, page.next, count);
    if (format != kFormat || count > packed.size())
        return damaged();
    std::string last;
    for (std::uint32_t i = 0; i < count; ++i) {
        std::uint8_t kind = 0;
        std::uint32_t same = 0;
        std::string rest;
        unpack(kind, same, rest);
        if ((kind & 0x0f) > static_cast<int>(versions::DiffType::PrefixChanged) || same > last.size())
            return damaged();
        versions::DiffEntry entry{.type = static_cast<versions::DiffType>(kind & 0x0f),
                                  .path = last.substr(0, same) + rest,
                                  .isPrefix = (kind & kPrefix) != 0};
        if (std::int64_t size = 0; kind & kSized) {
            unpack(size);
            entry.sizeBytes = size;
        }
        last = entry.path;
        page.entries.push_back(std::move(entry));
    }
    if (!unpack.done())
        return damaged();
    return page;
}

} // namespace andon::factory
