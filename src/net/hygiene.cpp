#include "net/hygiene.h"

#include <csignal>
#include <cstdlib>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace andon::net
{

void hardenProcess()
{
    for (const char *name : {"SSLKEYLOGFILE", "CURL_HOME", "NETRC", "SSL_CERT_FILE", "SSL_CERT_DIR", "OPENSSL_CONF"})
        ::unsetenv(name);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#ifdef NDEBUG
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
    ::umask(077);
    std::signal(SIGPIPE, SIG_IGN);
}

} // namespace andon::net
