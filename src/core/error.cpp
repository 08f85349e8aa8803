#include "core/error.h"

namespace andon::core
{

std::string_view name(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return "OFFLINE";
    case ErrorKind::Dns:
        return "DNS";
    case ErrorKind::Refused:
        return "REFUSED";
    case ErrorKind::Timeout:
        return "TIMEOUT";
    case ErrorKind::Tls:
        return "TLS";
    case ErrorKind::Proxy:
        return "PROXY";
    case ErrorKind::Auth:
        return "AUTH";
    case ErrorKind::Forbidden:
        return "FORBIDDEN";
    case ErrorKind::NotFound:
        return "NOTFOUND";
    case ErrorKind::Conflict:
        return "CONFLICT";
    case ErrorKind::Precondition:
        return "PRECONDITION";
    case ErrorKind::Limited:
        return "LIMITED";
    case ErrorKind::Server:
        return "SERVER";
    case ErrorKind::Protocol:
        return "PROTOCOL";
    case ErrorKind::TooLarge:
        return "TOOLARGE";
    case ErrorKind::UnknownOutcome:
        return "UNKNOWN_OUTCOME";
    case ErrorKind::Cancelled:
        return "CANCELLED";
    case ErrorKind::Storage:
        return "STORAGE";
    case ErrorKind::Invalid:
        return "INVALID";
    }
    return "INVALID";
}

bool isTransient(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
    case ErrorKind::Dns:
    case ErrorKind::Refused:
    case ErrorKind::Timeout:
    case ErrorKind::Limited:
    case ErrorKind::Server:
        return true;
    default:
        return false;
    }
}

} // namespace andon::core
