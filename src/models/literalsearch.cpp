#include "models/literalsearch.h"

#include <cstring>
#ifdef __SSE2__
#include <bit>
#include <emmintrin.h>
#endif

namespace andon::models
{

namespace
{
constexpr std::size_t kNone = std::string_view::npos;

std::size_t findByte(std::string_view haystack, char byte, std::size_t from)
{
    const void *found = std::memchr(haystack.data() + from, byte, haystack.size() - from);
    return found ? static_cast<std::size_t>(static_cast<const char *>(found) - haystack.data()) : kNone;
}
} // namespace

std::size_t findLiteral(std::string_view haystack, std::string_view needle, std::size_t from)
{
    if (from > haystack.size() || needle.size() > haystack.size() - from)
        return kNone;
    if (needle.empty())
        return from;
    if (needle.size() == 1)
        return findByte(haystack, needle.front(), from);
#ifdef __SSE2__
    // Where the first and the last byte stand at their distance, the rest is compared: both seldom do by chance.
    const std::size_t last = needle.size() - 1;
    const char *data = haystack.data();
    const __m128i head = _mm_set1_epi8(needle.front());
    const __m128i tail = _mm_set1_epi8(needle.back());
    for (; from + last + 16 <= haystack.size(); from += 16) {
        const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i *>(data + from));
        const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i *>(data + from + last));
        auto places =
            static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(a, head), _mm_cmpeq_epi8(b, tail))));
        for (; places != 0; places &= places - 1) {
            const std::size_t at = from + static_cast<std::size_t>(std::countr_zero(places));
            if (std::memcmp(data + at + 1, needle.data() + 1, last) == 0)
                return at;
        }
    }
#endif
    return haystack.find(needle, from);
}

} // namespace andon::models
