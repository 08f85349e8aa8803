#include "net/libraryversions.h"

#include <curl/curl.h>

namespace andon::net
{

std::string libraryVersions()
{
    return curl_version();
}

} // namespace andon::net
