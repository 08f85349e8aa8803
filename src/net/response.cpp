#include "net/request.h"

namespace andon::net
{

std::string_view Response::header(std::string_view lowerCaseName) const
{
    for (const auto &[name, value] : headers)
        if (name == lowerCaseName)
            return value;
    return {};
}

} // namespace andon::net
