#include "app/common/resources.h"

namespace andon::app
{

std::string_view resource(std::string_view name)
{
    for (const auto &[file, text] : resources())
        if (file == name)
            return text;
    return {};
}

} // namespace andon::app
